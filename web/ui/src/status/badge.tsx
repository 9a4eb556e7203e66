import { useText } from '../i18n/language'
import { LOOKS, type Kind, type Look, type StatusOf } from './status'
import { statusTexts } from './texts'

/** A status as it looks everywhere: a sign and a word, the colour only besides. */
export function Badge<K extends Kind>({ kind, status }: { kind: K; status: StatusOf<K> }) {
  const text = useText(statusTexts)
  const look = (LOOKS[kind] as Record<string, Look>)[status]
  if (!look) return null
  return (
    <span className="badge" data-tone={look.tone}>
      <span aria-hidden="true">{look.sign}</span>
      {text(`${kind}_${status}` as Parameters<typeof text>[0])}
    </span>
  )
}
