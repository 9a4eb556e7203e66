import { Loading, Percent, useText, type Shape } from '@fenqi/ui'
import { lazy, Suspense } from 'react'
import { Lines } from '../../parts/lines'
import { Named } from '../../parts/named'
import { Pairs } from '../../parts/pairs'
import { Section } from '../../parts/section'
import { decisions as texts } from '../../texts/decisions'

const PointsChart = lazy(() => import('./points_chart'))

/** The points of each characteristic, as bars and as figures. */
export function Score({ score }: { score: Shape['StoredScore'] | null }) {
  const text = useText(texts)
  if (score === null) return <Section title={text('score')}>{text('noScore')}</Section>
  return (
    <Section title={text('score')}>
      <Pairs
        pairs={[
          [text('points'), score.points],
          [text('pd'), <Percent share={String(score.pd)} />],
        ]}
      />
      <Suspense fallback={<Loading />}>
        <PointsChart contributions={score.contributions} told={text('chart')} />
      </Suspense>
      <Lines
        label={text('score')}
        rows={score.contributions}
        rowKey={(each) => each.name}
        columns={[
          { key: 'name', title: text('characteristic'), show: (each) => <Named code={each.name} /> },
          { key: 'value', title: text('value'), figure: true, show: (each) => each.value ?? '—' },
          { key: 'points', title: text('points'), figure: true, show: (each) => each.points },
          { key: 'lost', title: text('lost'), figure: true, show: (each) => each.lost },
        ]}
      />
    </Section>
  )
}
