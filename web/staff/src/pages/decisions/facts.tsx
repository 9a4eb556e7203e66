import { Instant, useText, type Shape } from '@fenqi/ui'
import { Lines } from '../../parts/lines'
import { Named } from '../../parts/named'
import { Section } from '../../parts/section'
import { decisions as texts } from '../../texts/decisions'
import { Value } from './value'

/** What was known, who said so, and when. */
export function Facts({ facts }: { facts: Shape['StoredFact'][] }) {
  const text = useText(texts)
  return (
    <Section title={text('facts')}>
      <Lines
        label={text('facts')}
        rows={facts}
        rowKey={(fact) => fact.name}
        columns={[
          { key: 'name', title: text('fact'), show: (fact) => <Named code={fact.name} /> },
          { key: 'value', title: text('value'), show: (fact) => <Value name={fact.name} value={fact.value} /> },
          { key: 'source', title: text('source'), show: (fact) => fact.source },
          { key: 'observed', title: text('observedAt'), show: (fact) => <Instant at={fact.observed_at} /> },
        ]}
      />
    </Section>
  )
}
