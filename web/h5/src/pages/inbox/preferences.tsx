import { ask, Asked, RefusalNotice, useText, type Shape } from '@fenqi/ui'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api } from '../../session'
import { inbox } from '../../texts/inbox'

/** Each purpose on each channel, to be switched; what the law wants told stays on. */
export function Preferences() {
  const text = useText(inbox)
  const queries = useQueryClient()
  const query = useQuery({ queryKey: ['preferences'], queryFn: () => ask(api.GET('/h5/preferences')) })
  const change = useMutation({
    mutationFn: ({ purpose, channel, is_on }: Shape['PreferenceLine']) =>
      ask(api.POST('/h5/preferences', { body: { purpose, channel, is_on: !is_on } })),
    onSettled: () => queries.invalidateQueries({ queryKey: ['preferences'] }),
  })
  const speak = useMutation({
    mutationFn: (language: Shape['PreferencesShape']['language']) => ask(api.POST('/h5/language', { body: { language } })),
    onSettled: () => queries.invalidateQueries({ queryKey: ['preferences'] }),
  })
  return (
    <section className="card">
      <h2>{text('preferences')}</h2>
      {change.isError && <RefusalNotice error={change.error} />}
      {speak.isError && <RefusalNotice error={speak.error} />}
      <Asked query={query}>
        {(found) => (
          <>
            <Language chosen={found.language} choose={(language) => speak.mutate(language)} />
            {found.preferences.map((line) => (
            <label key={`${line.purpose}:${line.channel}`} className="tick" title={line.is_fixed ? text('fixed') : undefined}>
              <input type="checkbox" checked={line.is_on} disabled={line.is_fixed || change.isPending} onChange={() => change.mutate(line)} />
              <span>
                {text(line.purpose)} · {text(line.channel)}
                {line.is_fixed && <small className="soft"> {text('fixed')}</small>}
              </span>
            </label>
            ))}
          </>
        )}
      </Asked>
    </section>
  )
}

type Speaks = { chosen: Shape['PreferencesShape']['language']; choose: (language: Shape['PreferencesShape']['language']) => void }

function Language({ chosen, choose }: Speaks) {
  const text = useText(inbox)
  return (
    <fieldset>
      <legend>{text('language')}</legend>
      {(['zh-CN', 'en'] as const).map((language) => (
        <label key={language} className="tick">
          <input type="radio" name="told-in" checked={chosen === language} onChange={() => choose(language)} />
          <span lang={language}>{text(language)}</span>
        </label>
      ))}
    </fieldset>
  )
}
