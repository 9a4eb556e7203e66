import type { ReactNode } from 'react'
import { Refused } from '../api/refused'
import { useText } from '../i18n/language'
import { shared } from '../i18n/shared'

type Notice = {
  error: unknown
  /** Ask again, where that may help. */
  again?: () => void
  /** What this refusal means here, in the reader's language; without it the service's own words stand. */
  told?: ReactNode
}

/** A no: what it means, what is possible instead, and by which rule. */
export function RefusalNotice({ error, again, told }: Notice) {
  const text = useText(shared)
  const refusal = error instanceof Refused ? error.refusal : null
  return (
    <div className="notice" data-tone={refusal ? 'bad' : 'warn'} role="alert">
      <strong>{told ?? (refusal ? text('refused') : text('unreachable'))}</strong>
      {refusal && !told && <span lang="en">{refusal.what}</span>}
      {refusal?.allowed && !told && <span>{text('allowed', { allowed: refusal.allowed })}</span>}
      {refusal && (
        <small>
          {text('code', { code: refusal.code })}
          {refusal.source && ` · ${text('source', { source: refusal.source })}`}
        </small>
      )}
      {again && (
        <button type="button" className="button" data-look="quiet" onClick={again}>
          {text('again')}
        </button>
      )}
    </div>
  )
}
