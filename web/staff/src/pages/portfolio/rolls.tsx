import { day, Permille, useLanguage, useText } from '@fenqi/ui'
import { Radio } from 'antd'
import { useState } from 'react'
import { Lines, type Column } from '../../parts/lines'
import { Section } from '../../parts/section'
import { portfolio as texts } from '../../texts/portfolio'
import type { Portfolio } from './detail'
import { Export } from './export'
import { useBucket } from './names'

type Row = { from: string; to: Record<string, number>; count: number }

/** Of the loans of a bucket, where they were a month later: a matrix for one month. */
export function Rolls({ found }: { found: Portfolio }) {
  const text = useText(texts)
  const bucket = useBucket()
  const { language } = useLanguage()
  const months = [...new Set(found.rolls.map((line) => line.month_on))]
  const [chosen, choose] = useState('')
  const month = months.includes(chosen) ? chosen : months.at(-1)
  if (month === undefined) return null
  const lines = found.rolls.filter((line) => line.month_on === month)
  const rows: Row[] = found.buckets.map((from) => {
    const own = lines.filter((line) => line.from_bucket === from)
    return {
      from,
      to: Object.fromEntries(own.map((line) => [line.to_bucket, line.permille])),
      count: own.reduce((sum, line) => sum + line.loan_count, 0),
    }
  })
  const columns: Column<Row>[] = [
    { key: 'from', title: text('from'), show: (row) => bucket(row.from) },
    { key: 'count', title: text('loans'), figure: true, show: (row) => row.count },
    ...['closed', ...found.buckets].map((to) => ({
      key: to,
      title: bucket(to),
      figure: true,
      show: (row: Row) => <Share permille={row.to[to]} />,
    })),
  ]
  return (
    <Section title={text('rolls')} extra={<Export table="rolls" />}>
      <Radio.Group
        aria-label={text('month')}
        optionType="button"
        value={month}
        options={months.map((one) => ({ value: one, label: day(one, language) }))}
        onChange={(event) => choose(event.target.value as string)}
      />
      <p>{text('rollsTold', { month: day(month, language) })}</p>
      <Lines label={text('rolls')} rows={rows.filter((row) => row.count > 0)} rowKey={(row) => row.from} columns={columns} />
    </Section>
  )
}

function Share({ permille }: { permille: number | undefined }) {
  return permille === undefined ? '—' : <Permille thousandths={permille} />
}
