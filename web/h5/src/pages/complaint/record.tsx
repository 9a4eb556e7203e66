import { day, instant, useLanguage, useText, type Language, type Shape } from '@fenqi/ui'
import { complaint } from '../../texts/complaint'

type RecordLine = Shape['RecordLineShape']
type Text = ReturnType<typeof useText<keyof (typeof complaint)['en']>>
type Subject = {
  record: RecordLine[]
  isAppeal: boolean
  isNeeded: boolean
  chosen: string
  choose: (id: string) => void
}
type Evidence = { record: RecordLine[]; chosen: string[]; choose: (ids: string[]) => void }

/** Which loan or application a complaint is about. */
export function Subject({ record, isAppeal, isNeeded, chosen, choose }: Subject) {
  const text = useText(complaint)
  const { language } = useLanguage()
  const lines = record.filter((line) => line.kind === (isAppeal ? 'decision' : 'loan'))
  return (
    <fieldset className="choice">
      <legend>{text('about')}</legend>
      {lines.map((line) => (
        <label key={line.subject_id} className="tick">
          <input
            type="radio"
            name="subject"
            checked={chosen === line.subject_id}
            onChange={() => choose(line.subject_id)}
          />
          <span>{told(line, text, language)}</span>
        </label>
      ))}
      {!isNeeded && (
        <label className="tick">
          <input type="radio" name="subject" checked={chosen === ''} onChange={() => choose('')} />
          <span>{text('none_of')}</span>
        </label>
      )}
    </fieldset>
  )
}

/** Bills and contacts that a complaint may rest on: named, not handed in. */
export function Evidence({ record, chosen, choose }: Evidence) {
  const text = useText(complaint)
  const { language } = useLanguage()
  const lines = record.filter((line) => line.kind === 'statement' || line.kind === 'contact')
  if (lines.length === 0) return null
  return (
    <details>
      <summary>{text('evidence')}</summary>
      <fieldset className="choice">
        <legend>{text('evidenceHelp')}</legend>
        {lines.map((line) => {
          const others = chosen.filter((id) => id !== line.subject_id)
          return (
            <label key={line.subject_id} className="tick">
              <input
                type="checkbox"
                checked={chosen.includes(line.subject_id)}
                onChange={(event) => choose(event.target.checked ? [...others, line.subject_id] : others)}
              />
              <span>{told(line, text, language)}</span>
            </label>
          )
        })}
      </fieldset>
    </details>
  )
}

function told(line: RecordLine, text: Text, language: Language): string {
  const on = day(line.on, language)
  const ending = line.subject_id.replaceAll('-', '').slice(-6)
  if (line.kind === 'loan') return text('loan', { on, ending })
  if (line.kind === 'decision') return text('application', { on, ending })
  if (line.kind === 'statement') return text('statement', { on })
  return text('contact_of', { at: instant(line.at, language) })
}
