import { Table } from 'antd'
import type { ReactNode } from 'react'

export type Column<Row> = { key: string; title: string; show: (row: Row) => ReactNode; figure?: boolean; isHidden?: boolean }

type Lines<Row> = { label: string; columns: Column<Row>[]; rows: Row[]; rowKey: (row: Row) => string; empty?: string }

/** Lines under their heads; on a narrow screen the table scrolls by itself, also by keyboard. */
export function Lines<Row extends object>({ label, columns, rows, rowKey, empty }: Lines<Row>) {
  if (rows.length === 0) return <div className="placeholder">{empty}</div>
  return (
    <div className="scroll" role="region" aria-label={label} tabIndex={0}>
      <Table<Row>
        size="small"
        pagination={false}
        rowKey={rowKey}
        dataSource={rows}
        columns={columns.map((column) => ({
          key: column.key,
          title: column.title,
          className: column.figure ? 'figure' : '',
          render: (_: unknown, row: Row) => column.show(row),
        }))}
      />
    </div>
  )
}
