import { Labelled } from './labelled'

type Choice = { value: string; label: string }
type Props = { label: string; value: string; onChange: (value: string) => void; options: Choice[]; none?: string }

/** One among several, as the browser itself offers it; `none` stands for nothing chosen yet. */
export function ChoiceList({ label, value, onChange, options, none }: Props) {
  return (
    <Labelled label={label}>
      {(id) => (
        <select id={id} className="choice-list" value={value} onChange={(event) => onChange(event.target.value)}>
          {none !== undefined && <option value="">{none}</option>}
          {options.map((each) => (
            <option key={each.value} value={each.value}>
              {each.label}
            </option>
          ))}
        </select>
      )}
    </Labelled>
  )
}
