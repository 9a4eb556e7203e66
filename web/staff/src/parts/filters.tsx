import { LOOKS, statusTexts, useText } from '@fenqi/ui'
import { Checkbox, Input, Radio } from 'antd'
import { useEffect, useId, useState } from 'react'
import { parts } from '../texts/parts'
import { useAddress } from './address'
import { ChoiceList } from './choice'
import { Labelled } from './labelled'

type Named = { name: string; label: string }
type Option = { value: string; label: string }

/** The first year that counts as typed to its end. */
const FIRST_DAY = '1970-01-01'

/** A filter with few values, all of them in sight; the first stands for none chosen. */
export function RadioFilter({ name, label, options }: Named & { options: Option[] }) {
  const { value, filter } = useAddress()
  return (
    <Radio.Group
      aria-label={label}
      optionType="button"
      value={value(name)}
      options={options}
      onChange={(event) => filter({ [name]: event.target.value as string })}
    />
  )
}

/** A filter with many values. */
export function ChoiceFilter({ name, label, options }: Named & { options: Option[] }) {
  const text = useText(parts)
  const { value, filter } = useAddress()
  return (
    <ChoiceList
      label={label}
      value={value(name)}
      options={options}
      none={text('all')}
      onChange={(chosen) => filter({ [name]: chosen })}
    />
  )
}

/** A filter by a status, each called as on its badge. */
export function StatusFilter({ name, label, kind }: Named & { kind: keyof typeof LOOKS }) {
  const text = useText(statusTexts)
  const options = Object.keys(LOOKS[kind]).map((status) => ({
    value: status,
    label: text(`${kind}_${status}` as Parameters<typeof text>[0]),
  }))
  return <ChoiceFilter name={name} label={label} options={options} />
}

/** A filter that is on or off. */
export function FlagFilter({ name, label }: Named) {
  const { value, filter } = useAddress()
  return (
    <Checkbox
      checked={value(name) === 'true'}
      onChange={(event) => filter({ [name]: event.target.checked ? 'true' : '' })}
    >
      {label}
    </Checkbox>
  )
}

/** A filter that is typed; it counts once it is entered or left. What is suggested may be typed otherwise. */
export function TextFilter({ name, label, suggestions = [] }: Named & { suggestions?: Option[] }) {
  const { value, filter } = useAddress()
  const [typed, type] = useTyped(value(name))
  const suggested = useId()
  const enter = () => {
    if (typed.trim() !== value(name)) filter({ [name]: typed.trim() })
  }
  return (
    <Labelled label={label}>
      {(id) => (
        <>
          <Input
            id={id}
            value={typed}
            onChange={(event) => type(event.target.value)}
            onPressEnter={enter}
            onBlur={enter}
            {...(suggestions.length > 0 ? { list: suggested } : {})}
          />
          <datalist id={suggested}>
            {suggestions.map((each) => (
              <option key={each.value} value={each.value} label={each.label} />
            ))}
          </datalist>
        </>
      )}
    </Labelled>
  )
}

/** Two days between which something was, the first included and the last left out. */
export function DaysFilter({ what }: { what: string }) {
  const text = useText(parts)
  return (
    <span className="labelled" role="group" aria-label={what}>
      <span aria-hidden="true">{what}</span>
      <DayFilter name="from_on" label={text('from')} />
      <DayFilter name="until_on" label={text('until')} />
    </span>
  )
}

/** A day; while its year is being typed, it is not one yet. */
export function DayFilter({ name, label }: Named) {
  const { value, filter } = useAddress()
  const [typed, type] = useTyped(value(name))
  const enter = (day: string) => {
    type(day)
    if (day === '' || day >= FIRST_DAY) filter({ [name]: day })
  }
  return (
    <Labelled label={label}>
      {(id) => <Input id={id} type="date" max="9999-12-30" value={typed} onChange={(event) => enter(event.target.value)} />}
    </Labelled>
  )
}

/** What is being typed, until the address says something else. */
function useTyped(said: string): [string, (typed: string) => void] {
  const [typed, type] = useState(said)
  useEffect(() => type(said), [said])
  return [typed, type]
}
