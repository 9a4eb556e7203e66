import { ask, Asked, day, Day, Loading, Money, useLanguage, useText, type Shape } from '@fenqi/ui'
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
import { collectionFigures as texts } from '../../texts/collection_figures'

type Line = Shape['CollectionFigureLine']

const Chart = lazy(() => import('../../parts/chart'))
const ACTIONS: Line['action'][] = ['inbox', 'sms', 'voice_notice', 'call', 'agency', 'legal', 'none']
const SHADES = ['--line-strong', '--brand-bright', '--warn', '--price', '--bad', '--ink', '--calm']

/** What each action of collection cost and what was paid after it, month by month. */
export function CollectionFiguresPage() {
  const text = useText(texts)
  const { query: wanted } = useAddress()
  const query = useQuery({
    queryKey: ['collection', 'figures', wanted],
    queryFn: () => ask(api.GET('/staff/collection-figures', { params: { query: wanted } })),
  })
  return (
    <>
      <PageHead title={text('title')}>
        <ExportButton
          name="collection-figures.csv"
          fetchText={() => api.GET('/staff/exports/collection-figures', { params: { query: wanted }, parseAs: 'text' })}
        />
      </PageHead>
      <div className="list-tools">
        <DaysFilter what={text('month')} />
      </div>
      <Asked query={query} isEmpty={(data) => data.lines.length === 0} empty={text('empty')}>
        {(data) => <Figures lines={data.lines} />}
      </Asked>
    </>
  )
}

function Figures({ lines }: { lines: Line[] }) {
  const text = useText(texts)
  const { language } = useLanguage()
  const option = useMemo(() => {
    const months = [...new Set(lines.map((line) => line.month_on))]
    return {
      legend: { top: 0 },
      xAxis: { type: 'category' as const, data: months.map((month) => day(month, language)) },
      yAxis: { type: 'value' as const, axisLabel: { show: false } },
      series: ACTIONS.map((action, place) => ({
        type: 'bar' as const,
        name: text(action),
        stack: 'brought',
        itemStyle: { color: colour(SHADES[place] ?? '--ink') },
        data: months.map((month) => lines.find((line) => line.month_on === month && line.action === action)?.brought_minor ?? 0),
      })),
    }
  }, [lines, language, text])
  return (
    <Section title={text('brought')}>
      <Suspense fallback={<Loading />}>
        <Chart option={option} told={text('chart')} />
      </Suspense>
      <Lines
        label={text('title')}
        rows={lines}
        rowKey={(line) => `${line.month_on} ${line.action}`}
        columns={[
          { key: 'month', title: text('month'), show: (line) => <Day on={line.month_on} /> },
          { key: 'action', title: text('action'), show: (line) => text(line.action) },
          { key: 'count', title: text('count'), figure: true, show: (line) => line.action_count },
          { key: 'cost', title: text('cost'), figure: true, show: (line) => <Money minor={line.cost_minor} /> },
          { key: 'payments', title: text('payments'), figure: true, show: (line) => line.payment_count },
          { key: 'brought', title: text('brought'), figure: true, show: (line) => <Money minor={line.brought_minor} /> },
        ]}
      />
      <p>{text('meaning')}</p>
    </Section>
  )
}
