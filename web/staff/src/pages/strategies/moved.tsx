import { Badge, useText, type Shape } from '@fenqi/ui'
import { Lines } from '../../parts/lines'
import { useNames } from '../../parts/named'
import { Section } from '../../parts/section'
import { backTests as texts } from '../../texts/back_tests'

type Line = Shape['MovedLine']

/** How many would move from one outcome to another, and the reasons they would be given. */
export function Moved({ lines }: { lines: Line[] }) {
  const text = useText(texts)
  const name = useNames()
  return (
    <Section title={text('moved')}>
      <Lines<Line>
        label={text('moved')}
        rows={lines}
        empty={text('movedNone')}
        rowKey={(line) => `${line.before} ${line.after}`}
        columns={[
          { key: 'was', title: text('was'), show: (line) => <Badge kind="outcome" status={line.before} /> },
          { key: 'now', title: text('now'), show: (line) => <Badge kind="outcome" status={line.after} /> },
          { key: 'count', title: text('count'), figure: true, show: (line) => line.count },
          {
            key: 'reasons',
            title: text('reasons'),
            show: (line) => line.reasons.map(({ code, count }) => `${name(code)} (${count})`).join(', '),
          },
        ]}
      />
    </Section>
  )
}
