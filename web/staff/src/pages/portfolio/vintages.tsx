import { day, Loading, Permille, permille, useLanguage, useText } from '@fenqi/ui'
import { lazy, Suspense, useMemo } from 'react'
import { Lines, type Column } from '../../parts/lines'
import { Section } from '../../parts/section'
import { portfolio as texts } from '../../texts/portfolio'
import type { Portfolio } from './detail'
import { Export } from './export'

const Chart = lazy(() => import('../../parts/chart'))

type Point = Portfolio['vintages'][number]
type Row = { cohort: string; count: number; points: Point[] }

/** Of the loans of each month, how many were ever so late, by their age: lines, and the figures below. */
export function Vintages({ found }: { found: Portfolio }) {
  const text = useText(texts)
  const { language } = useLanguage()
  const rows = useMemo(() => cohortsOf(found.vintages), [found])
  const ages = useMemo(() => [...new Set(found.vintages.map((point) => point.age_months))].sort((a, b) => a - b), [found])
  const option = useMemo(
    () => ({
      legend: { top: 0, type: 'scroll' as const },
      xAxis: { type: 'category' as const, data: ages.map((months) => text('age', { months })) },
      yAxis: { type: 'value' as const, axisLabel: { formatter: (thousandths: number) => permille(thousandths, language) } },
      series: rows.map((row) => ({
        type: 'line' as const,
        name: day(row.cohort, language),
        symbolSize: 4,
        data: row.points.map((point) => point.permille),
      })),
    }),
    [rows, ages, language, text],
  )
  const columns: Column<Row>[] = [
    { key: 'cohort', title: text('cohort'), show: (row) => day(row.cohort, language) },
    { key: 'count', title: text('loans'), figure: true, show: (row) => row.count },
    ...ages.map((months) => ({
      key: `age ${months}`,
      title: text('age', { months }),
      figure: true,
      show: (row: Row) => <Share point={row.points[months]} />,
    })),
  ]
  return (
    <Section title={text('vintages')} extra={<Export table="vintages" />}>
      <Suspense fallback={<Loading />}>
        <Chart option={option} told={text('vintagesChart', { days: found.late_days })} />
      </Suspense>
      <Lines label={text('vintages')} rows={rows} rowKey={(row) => row.cohort} columns={columns} />
    </Section>
  )
}

function Share({ point }: { point: Point | undefined }) {
  return point === undefined ? '' : <Permille thousandths={point.permille} />
}

function cohortsOf(points: Point[]): Row[] {
  const cohorts = [...new Set(points.map((point) => point.cohort_on))]
  return cohorts.map((cohort) => {
    const own = points.filter((point) => point.cohort_on === cohort)
    return { cohort, count: own[0]?.loan_count ?? 0, points: own }
  })
}
