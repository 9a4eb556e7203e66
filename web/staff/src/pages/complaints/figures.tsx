import { ask, Asked, Loading, Money, useText, type Shape } from '@fenqi/ui'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useMemo } from 'react'
import { useAddress } from '../../parts/address'
import { colour } from '../../parts/colour'
import { ExportButton } from '../../parts/export_button'
import { DaysFilter } from '../../parts/filters'
import { Lines } from '../../parts/lines'
import { PageHead } from '../../parts/page_head'
import { Section } from '../../parts/section'
import { api } from '../../session'
import { complaintFigures as texts } from '../../texts/complaint_figures'
import { complaints } from '../../texts/complaints'
import { ComplaintLinks } from './links'
import { CAUSES } from './names'

type Line = Shape['ComplaintFigureLine']

const Chart = lazy(() => import('../../parts/chart'))
const SHADES = ['--brand-bright', '--warn', '--good', '--bad', '--ink', '--calm', '--line-strong', '--brand-strong', '--line']

/** Causes of complaints, month by month. */
export function ComplaintFiguresPage() {
  const text = useText(texts)
  const { query: wanted } = useAddress()
  const query = useQuery({
    queryKey: ['complaints', 'figures', wanted],
    queryFn: () => ask(api.GET('/staff/complaint-figures', { params: { query: wanted } })),
  })
  return (
    <>
      <PageHead title={text('figuresTitle')}>
        <ComplaintLinks />
        <ExportButton
          name="complaint-figures.csv"
          fetchText={() => api.GET('/staff/exports/complaint-figures', { params: { query: wanted }, parseAs: 'text' })}
        />
      </PageHead>
      <div className="list-tools">
        <DaysFilter what={text('month')} />
      </div>
      <Asked query={query} isEmpty={(data) => data.lines.length === 0} empty={text('noFigures')}>
        {(data) => <Figures lines={data.lines} />}
      </Asked>
    </>
  )
}

function Figures({ lines }: { lines: Line[] }) {
  const text = useText(texts)
  const named = useText(complaints)
  const option = useMemo(() => {
    const months = [...new Set(lines.map((line) => line.month))]
    const counted = (month: string, cause: string) =>
      lines
        .filter((line) => line.month === month && line.cause === cause)
        .reduce((sum, line) => sum + line.complaint_count, 0)
    return {
      legend: { top: 0 },
      xAxis: { type: 'category' as const, data: months },
      yAxis: { type: 'value' as const, minInterval: 1 },
      series: Object.entries(CAUSES).map(([cause, key], place) => ({
        type: 'bar' as const,
        name: named(key),
        stack: 'causes',
        barMaxWidth: 64,
        itemStyle: { color: colour(SHADES[place] ?? '--ink') },
        data: months.map((month) => counted(month, cause)),
      })),
    }
  }, [lines, named])
  const count = (key: keyof Line, title: string) => ({ key, title, figure: true, show: (line: Line) => line[key] })
  return (
    <Section title={text('perMonth')}>
      <Suspense fallback={<Loading />}>
        <Chart option={option} told={text('chart')} />
      </Suspense>
      <Lines
        label={text('figuresTitle')}
        rows={lines}
        rowKey={(line) => `${line.month} ${line.cause} ${line.channel}`}
        columns={[
          { key: 'month', title: text('month'), show: (line) => line.month },
          { key: 'cause', title: named('cause'), show: (line) => named(CAUSES[line.cause]) },
          { key: 'channel', title: named('channel'), show: (line) => named(line.channel) },
          count('complaint_count', text('count')),
          count('upheld_count', text('upheld')),
          count('partly_count', text('partly')),
          count('rejected_count', text('rejected')),
          count('withdrawn_count', text('withdrawn')),
          count('open_count', text('open')),
          count('late_count', text('lateCount')),
          count('unsatisfied_count', text('unsatisfied')),
          { key: 'given', title: text('given'), figure: true, show: (line) => <Money minor={line.redress_minor} /> },
        ]}
      />
    </Section>
  )
}
