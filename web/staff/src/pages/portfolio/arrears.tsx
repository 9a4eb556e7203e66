import { Day, Loading, Money, useLanguage, day, useText } from '@fenqi/ui'
import { lazy, Suspense, useMemo } from 'react'
import { colour } from '../../parts/colour'
import { Lines } from '../../parts/lines'
import { Section } from '../../parts/section'
import { portfolio as texts } from '../../texts/portfolio'
import type { Portfolio } from './detail'
import { Export } from './export'
import { useBucket } from './names'

const Chart = lazy(() => import('../../parts/chart'))
const SHADES = ['--line-strong', '--brand-bright', '--warn', '--price', '--bad', '--ink']

/** What was owed at the end of each month, by days past due. */
export function Arrears({ found }: { found: Portfolio }) {
  const text = useText(texts)
  const bucket = useBucket()
  const { language } = useLanguage()
  const option = useMemo(() => {
    const months = [...new Set(found.arrears.map((line) => line.month_on))]
    return {
      legend: { top: 0 },
      xAxis: { type: 'category' as const, data: months.map((month) => day(month, language)) },
      yAxis: { type: 'value' as const, axisLabel: { show: false } },
      series: found.buckets.map((name, place) => ({
        type: 'bar' as const,
        name: bucket(name),
        stack: 'owed',
        itemStyle: { color: colour(SHADES[place] ?? '--ink') },
        data: months.map((month) => found.arrears.find((line) => line.month_on === month && line.bucket === name)?.owed_minor ?? 0),
      })),
    }
  }, [found, language, bucket])
  return (
    <Section title={text('arrears')} extra={<Export table="arrears" />}>
      <Suspense fallback={<Loading />}>
        <Chart option={option} told={text('arrearsChart')} />
      </Suspense>
      <Lines
        label={text('arrears')}
        rows={found.arrears}
        rowKey={(line) => `${line.month_on} ${line.bucket}`}
        columns={[
          { key: 'month', title: text('month'), show: (line) => <Day on={line.month_on} /> },
          { key: 'bucket', title: text('bucket'), show: (line) => bucket(line.bucket) },
          { key: 'loans', title: text('loans'), figure: true, show: (line) => line.loan_count },
          { key: 'owed', title: text('owed'), figure: true, show: (line) => <Money minor={line.owed_minor} /> },
          { key: 'overdue', title: text('overdue'), figure: true, show: (line) => <Money minor={line.overdue_minor} /> },
        ]}
      />
    </Section>
  )
}
