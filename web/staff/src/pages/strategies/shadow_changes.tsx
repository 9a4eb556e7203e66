import { Badge, Money, useText, type Shape } from '@fenqi/ui'
import { Link } from 'react-router'
import { Lines } from '../../parts/lines'
import { Names } from '../../parts/named'
import { Section } from '../../parts/section'
import { ShortId } from '../../parts/short_id'
import { shadows as texts } from '../../texts/shadows'

type Line = Shape['ShadowChangeLine']

/** The latest decisions that a shadow would have made otherwise, each a step away. */
export function ShadowChanges({ lines }: { lines: Line[] }) {
  const text = useText(texts)
  return (
    <Section title={text('changes')}>
      <p>{text('changesTold')}</p>
      <Lines<Line>
        label={text('changes')}
        rows={lines}
        empty={text('changesNone')}
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
          { key: 'was', title: text('was'), show: (line) => <Badge kind="outcome" status={line.before} /> },
          { key: 'now', title: text('now'), show: (line) => <Badge kind="outcome" status={line.after} /> },
          {
            key: 'limit',
            title: text('limit'),
            figure: true,
            show: (line) => line.limit_minor !== null && <Money minor={line.limit_minor} />,
          },
          { key: 'why', title: text('reasons'), show: (line) => <Names codes={line.reasons} /> },
        ]}
      />
    </Section>
  )
}
