import type { ReactNode, Ref } from 'react'
import './list.css'
import { Head, type Sorting } from './sort_head'

export type Column<Row> = {
  key: string
  title: string
  show: (row: Row) => ReactNode
  figure?: boolean
  isHidden?: boolean
  /** By what the service sorts for this column; a minus before it if it is turned round at first. */
  sort?: string
}

type Lines<Row> = {
  label: string
  columns: Column<Row>[]
  rows: Row[]
  rowKey: (row: Row) => string
  empty?: ReactNode
  sorting?: Sorting
  place?: Ref<HTMLDivElement>
}

/** Lines under their heads; on a narrow screen the table scrolls by itself, also by keyboard. */
export function Lines<Row extends object>({ label, columns, rows, rowKey, empty, sorting, place }: Lines<Row>) {
  if (rows.length === 0) return <div className="placeholder">{empty}</div>
  return (
    <div className="scroll" role="region" aria-label={label} tabIndex={0} ref={place}>
      <table className="lines">
        <thead>
          <tr>
            {columns.map((column) => (
              <Head key={column.key} column={column} sorting={sorting} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)}>
              {columns.map((column) => (
                <td key={column.key} className={column.figure ? 'figure' : undefined}>
                  {column.show(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
