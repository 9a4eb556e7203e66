import { Day, Rate, useText, type Shape } from '@fenqi/ui'
import { Lines } from '../../parts/lines'
import { Named } from '../../parts/named'
import { Section } from '../../parts/section'
import { decisions as texts } from '../../texts/decisions'
import { Value } from './value'

type LawValue = Shape['StoredLawValue']

const UNVERIFIED: readonly LawValue['standing'][] = ['G', 'M']

/** What the law said on that day, who says so, and how well that is established. */
export function Law({ law }: { law: Shape['StoredLaw'] }) {
  const text = useText(texts)
  return (
    <Section title={text('law')}>
      <p>
        {text('ceiling')}: <Rate inPercent={law.ceiling.percent} /> <Standing standing={law.ceiling.standing} />{' '}
        {law.ceiling.source}
      </p>
      <Lines<LawValue>
        label={text('law')}
        rows={law.values}
        rowKey={(value) => value.name}
        columns={[
          { key: 'name', title: text('law'), show: (value) => <Named code={value.name} /> },
          { key: 'value', title: text('value'), show: (value) => <Value name={value.name} value={value.value} /> },
          { key: 'standing', title: text('standing'), show: (value) => <Standing standing={value.standing} /> },
          { key: 'from', title: text('since'), show: (value) => <Day on={value.from_on} /> },
          { key: 'source', title: text('source'), show: (value) => value.source },
        ]}
      />
    </Section>
  )
}

function Standing({ standing }: { standing: LawValue['standing'] }) {
  const text = useText(texts)
  const isUnverified = UNVERIFIED.includes(standing)
  return (
    <span className="badge" data-tone={isUnverified ? 'warn' : 'calm'}>
      <span aria-hidden="true">{isUnverified ? '!' : '✓'}</span>
      {text(`standing_${standing}`)}
      {isUnverified && ` · ${text('unverified')}`}
    </span>
  )
}
