import { Badge, Instant, Money, useText, type Shape } from '@fenqi/ui'
import { Link } from 'react-router'
import { Lines } from '../../parts/lines'
import { Names } from '../../parts/named'
import { Section } from '../../parts/section'
import { ShortId } from '../../parts/short_id'
import { backTests as texts } from '../../texts/back_tests'

type Line = Shape['BackTestChangeLine']

/** The decisions that would be others, each a step away. */
export function Changes({ lines }: { lines: Line[] }) {
  const text = useText(texts)
  if (lines.length === 0) return null
  return (
    <Section title={text('changes')}>
      <p>{text('changesTold')}</p>
      <Lines<Line>
        label={text('changes')}
        rows={lines}
        rowKey={(line) => line.decision_id}
        columns={[
          {
            key: 'decision',
            title: text('decision'),
            show: (line) => (
              <Link to={`/decisions/${line.decision_id}`}>
                <ShortId id={line.decision_id} />
              </Link>
            ),
          },
          { key: 'at', title: text('decidedAt'), show: (line) => <Instant at={line.decided_at} /> },
          { key: 'was', title: text('was'), show: (line) => <Badge kind="outcome" status={line.before} /> },
          { key: 'now', title: text('now'), show: (line) => <Badge kind="outcome" status={line.after} /> },
          {
            key: 'amount',
            title: text('amount'),
            figure: true,
            show: (line) => line.order_minor !== null && <Money minor={line.order_minor} />,
          },
          { key: 'why', title: text('reasons'), show: (line) => <Names codes={line.reasons} /> },
        ]}
      />
    </Section>
  )
}
