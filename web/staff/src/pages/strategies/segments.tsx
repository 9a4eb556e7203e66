import { Loading, money, Money, Permille, useLanguage, useText, type Shape } from '@fenqi/ui'
import { lazy, Suspense, useCallback, useMemo } from 'react'
import { Lines } from '../../parts/lines'
import { Section } from '../../parts/section'
import { backTests as texts } from '../../texts/back_tests'

const Chart = lazy(() => import('../../parts/chart'))

type Line = Shape['SegmentFigureLine']

/** The whole and each segment: approved then and now, risk, limits and profit. */
export function Segments({ lines }: { lines: Line[] }) {
  const text = useText(texts)
  const name = useSegmentName()
  const option = useMemo(
    () => ({
      legend: { top: 0 },
      xAxis: { type: 'category' as const, data: lines.map((line) => name(line.segment)), axisLabel: { rotate: 30 } },
      yAxis: { type: 'value' as const },
      series: [
        { type: 'bar' as const, name: text('before'), data: lines.map((line) => line.approved_before_count) },
        { type: 'bar' as const, name: text('after'), data: lines.map((line) => line.approved_count) },
      ],
    }),
    [lines, name, text],
  )
  if (lines[0]?.count === 0) return <p className="placeholder">{text('empty')}</p>
  return (
    <Section title={text('segments')}>
      <Suspense fallback={<Loading />}>
        <Chart option={option} told={text('chart')} />
      </Suspense>
      <Lines<Line>
        label={text('segments')}
        rows={lines}
        rowKey={(line) => line.segment}
        columns={[
          { key: 'segment', title: text('segment'), show: (line) => name(line.segment) },
          { key: 'count', title: text('count'), figure: true, show: (line) => line.count },
          { key: 'before', title: text('before'), figure: true, show: (line) => line.approved_before_count },
          { key: 'after', title: text('after'), figure: true, show: (line) => line.approved_count },
          {
            key: 'approval',
            title: text('approval'),
            figure: true,
            show: (line) => <Permille thousandths={line.approval_permille} />,
          },
          { key: 'referred', title: text('referred'), figure: true, show: (line) => line.referred_count },
          { key: 'known', title: text('known'), figure: true, show: (line) => line.known_count },
          {
            key: 'bad',
            title: text('bad'),
            figure: true,
            show: (line) => (line.bad_permille === null ? text('unknown') : <Permille thousandths={line.bad_permille} />),
          },
          { key: 'limit', title: text('limit'), figure: true, show: (line) => <Money minor={line.limit_minor} /> },
          { key: 'profit', title: text('profit'), figure: true, show: (line) => <Money minor={line.profit_minor} /> },
        ]}
      />
    </Section>
  )
}

function useSegmentName(): (segment: string) => string {
  const text = useText(texts)
  const { language } = useLanguage()
  return useCallback(
    (segment: string) => {
      const [by, value = ''] = segment.split(':')
      if (by === 'month') return text('month', { value })
      if (by === 'order') return text('order', { value: money(Number(value), language) })
      if (by === 'points') return value === 'none' ? text('noPoints') : text('points', { value })
      return text('all')
    },
    [text, language],
  )
}
