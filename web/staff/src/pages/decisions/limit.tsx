import { Money, useText, type Shape } from '@fenqi/ui'
import { Pairs } from '../../parts/pairs'
import { Section } from '../../parts/section'
import { decisions as texts } from '../../texts/decisions'

/** The line, and which of its three ceilings set it. */
export function Limit({ limit }: { limit: Shape['StoredLimit'] | null }) {
  const text = useText(texts)
  if (limit === null) return <Section title={text('limits')}>{text('noLimit')}</Section>
  return (
    <Section title={text('limits')}>
      <Pairs
        pairs={[
          [text('limit'), <Money minor={limit.granted_minor} />],
          [text('boundBy'), <strong>{text(`${limit.bound_by}_bound`)}</strong>],
          [text('available'), <Money minor={limit.available_minor} />],
          [text('byScore'), <Money minor={limit.by_score_minor} />],
          [text('byLaw'), <Money minor={limit.by_law_minor} />],
          [text('byAffordability'), <Money minor={limit.by_affordability_minor} />],
        ]}
      />
    </Section>
  )
}
