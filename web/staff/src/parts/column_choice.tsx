import { useText } from '@fenqi/ui'
import { Checkbox } from 'antd'
import { useState, type FocusEvent, type KeyboardEvent } from 'react'
import { parts } from '../texts/parts'
import type { Column } from './lines'

type Choice<Row> = { columns: Column<Row>[]; chosen: string[]; choose: (keys: string[]) => void }

/** Which columns are shown; opened and closed in its place, so that the keyboard goes on from it. */
export function Columns<Row>({ columns, chosen, choose }: Choice<Row>) {
  const text = useText(parts)
  const options = columns.map((column) => ({ value: column.key, label: column.title }))
  return (
    <details className="column-choice" onKeyDown={closeByEscape} onBlur={closeBehind}>
      <summary className="ant-btn ant-btn-default">{text('columns')}</summary>
      <fieldset>
        <legend className="unseen">{text('columns')}</legend>
        <Checkbox.Group options={options} value={chosen} onChange={choose} />
      </fieldset>
    </details>
  )
}

/** The columns that somebody has chosen for a list, as this browser keeps them; at least one is left. */
export function useChosen<Row>(name: string, columns: Column<Row>[]): [string[], (keys: string[]) => void] {
  const keptAs = `fenqi.staff.columns.${name}`
  const [chosen, setChosen] = useState<string[]>(() => {
    const kept = localStorage.getItem(keptAs)?.split(',').filter((key) => columns.some((column) => column.key === key))
    return kept?.length ? kept : columns.filter((column) => !column.isHidden).map((column) => column.key)
  })
  const choose = (keys: string[]) => {
    if (keys.length === 0) return
    localStorage.setItem(keptAs, keys.join(','))
    setChosen(keys)
  }
  return [chosen, choose]
}

function closeByEscape(event: KeyboardEvent<HTMLDetailsElement>): void {
  if (event.key !== 'Escape') return
  event.currentTarget.open = false
  event.currentTarget.querySelector('summary')?.focus()
}

function closeBehind(event: FocusEvent<HTMLDetailsElement>): void {
  if (event.relatedTarget && !event.currentTarget.contains(event.relatedTarget)) event.currentTarget.open = false
}
