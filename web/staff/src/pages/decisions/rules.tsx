import { useText, type Shape } from '@fenqi/ui'
import { Lines } from '../../parts/lines'
import { Named, Names, useNames } from '../../parts/named'
import { Section } from '../../parts/section'
import { decisions as texts } from '../../texts/decisions'
import { Value } from './value'

type Rule = Shape['StoredRule']

/** Every rule's result. */
export function Rules({ rules }: { rules: Rule[] }) {
  const text = useText(texts)
  return (
    <Section title={text('rules')}>
      <Lines<Rule>
        label={text('rules')}
        rows={rules}
        rowKey={(rule) => rule.code}
        columns={[
          { key: 'code', title: text('rule'), show: (rule) => <Named code={rule.code} /> },
          { key: 'passed', title: text('said'), show: (rule) => <Passed rule={rule} /> },
          { key: 'effect', title: text('effect'), show: (rule) => (rule.effect === 'refer' ? text('refer') : text('decline')) },
          { key: 'threshold', title: text('threshold'), show: (rule) => <Value name={rule.law} value={rule.threshold} /> },
          { key: 'facts', title: text('facts'), show: (rule) => <Names codes={rule.facts} /> },
        ]}
      />
    </Section>
  )
}

function Passed({ rule }: { rule: Rule }) {
  const text = useText(texts)
  const name = useNames()
  if (rule.passed === null) return <Sign tone="warn" sign="?" told={`${text('missing')}: ${rule.missing.map(name).join(', ')}`} />
  return rule.passed ? <Sign tone="good" sign="✓" told={text('passed')} /> : <Sign tone="bad" sign="✕" told={text('failed')} />
}

function Sign({ tone, sign, told }: { tone: string; sign: string; told: string }) {
  return (
    <span className="badge" data-tone={tone}>
      <span aria-hidden="true">{sign}</span>
      {told}
    </span>
  )
}
