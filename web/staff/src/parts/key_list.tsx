import { Asked, useText } from '@fenqi/ui'
import type { UseQueryResult } from '@tanstack/react-query'
import { Checkbox, Popover, Button } from 'antd'
import { useState, type ReactNode } from 'react'
import type { Key } from './address'
import { Lines, type Column } from './lines'
import { Pager } from './pager'
import { parts } from '../texts/parts'

type KeyList<Data, Row> = {
  name: string
  label: string
  query: UseQueryResult<Data>
  rows: (data: Data) => Row[]
  next: (data: Data) => Key | null
  columns: Column<Row>[]
  rowKey: (row: Row) => string
  empty: string
  tools?: ReactNode
}

/** A list that the service pages by key: columns can be chosen, the place is in the address. */
export function KeyList<Data, Row extends object>({ name, label, query, rows, next, columns, rowKey, empty, tools }: KeyList<Data, Row>) {
  const [chosen, choose] = useChosen(name, columns)
  const shown = columns.filter((column) => chosen.includes(column.key))
  return (
    <>
      <div className="list-tools">
        {tools}
        <Columns columns={columns} chosen={chosen} choose={choose} />
      </div>
      <Asked query={query}>
        {(data) => (
          <>
            <Lines label={label} columns={shown} rows={rows(data)} rowKey={rowKey} empty={empty} />
            <Pager next={next(data)} />
          </>
        )}
      </Asked>
    </>
  )
}

type Choice<Row> = { columns: Column<Row>[]; chosen: string[]; choose: (keys: string[]) => void }

function Columns<Row>({ columns, chosen, choose }: Choice<Row>) {
  const text = useText(parts)
  const options = columns.map((column) => ({ value: column.key, label: column.title }))
  const boxes = <Checkbox.Group className="column-choice" options={options} value={chosen} onChange={choose} />
  return (
    <Popover trigger="click" placement="bottomRight" content={boxes} title={text('columns')}>
      <Button>{text('columns')}</Button>
    </Popover>
  )
}

function useChosen<Row>(name: string, columns: Column<Row>[]): [string[], (keys: string[]) => void] {
  const keptAs = `fenqi.staff.columns.${name}`
  const [chosen, setChosen] = useState<string[]>(() => {
    const kept = localStorage.getItem(keptAs)
    return kept ? kept.split(',') : columns.filter((column) => !column.isHidden).map((column) => column.key)
  })
  const choose = (keys: string[]) => {
    if (keys.length === 0) return
    localStorage.setItem(keptAs, keys.join(','))
    setChosen(keys)
  }
  return [chosen, choose]
}
