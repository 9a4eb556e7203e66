import { Badge, Day, Permille, useText, type Shape } from '@fenqi/ui'
import { Lines } from '../../parts/lines'
import { useNames } from '../../parts/named'
import { Section } from '../../parts/section'
import { shadows as texts } from '../../texts/shadows'

type Line = Shape['ShadowDayLine']

/** Day by day: how many decisions would be others, from what to what, and the reasons that would be given. */
export function ShadowDays({ days }: { days: Line[] }) {
  const text = useText(texts)
  return (
    <Section title={text('days')}>
      <Lines<Line>
        label={text('days')}
        rows={days}
        empty={text('noDays')}
        rowKey={(line) => line.on_day}
        columns={[
          { key: 'day', title: text('day'), show: (line) => <Day on={line.on_day} /> },
          { key: 'count', title: text('decisions'), figure: true, show: (line) => line.decision_count },
          {
            key: 'alike',
            title: text('alike'),
            figure: true,
            show: (line) => line.alike_permille !== null && <Permille thousandths={line.alike_permille} />,
          },
          { key: 'limit', title: text('limitMoved'), figure: true, show: (line) => line.limit_moved_count },
          { key: 'moved', title: text('moved'), show: (line) => <Moved lines={line.moved} /> },
        ]}
      />
    </Section>
  )
}

function Moved({ lines }: { lines: Shape['MovedLine'][] }) {
  const text = useText(texts)
  const name = useNames()
  if (lines.length === 0) return <>{text('movedNone')}</>
  return (
    <ul>
      {lines.map((line) => (
        <li key={`${line.before} ${line.after}`}>
          <Badge kind="outcome" status={line.before} /> → <Badge kind="outcome" status={line.after} /> {line.count}:{' '}
          {line.reasons.map(({ code, count }) => `${name(code)} (${count})`).join(', ')}
        </li>
      ))}
    </ul>
  )
}
