import type { ReactNode } from 'react'

export type Column<Row> = { key: string; title: string; show: (row: Row) => ReactNode; figure?: boolean; isHidden?: boolean }

type Lines<Row> = { label: string; columns: Column<Row>[]; rows: Row[]; rowKey: (row: Row) => string; empty?: string }

/** Lines under their heads; on a narrow screen the table scrolls by itself, also by keyboard. */
export function Lines<Row extends object>({ label, columns, rows, rowKey, empty }: Lines<Row>) {
  if (rows.length === 0) return <div className="placeholder">{empty}</div>
  return (
    <div className="scroll" role="region" aria-label={label} tabIndex={0}>
      <table className="lines">
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.key} scope="col" className={column.figure ? 'figure' : undefined}>
                {column.title}
              </th>
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
