import { Day, useText, type Shape } from '@fenqi/ui'
import type { ReactNode } from 'react'
import { rules as texts } from '../texts/rules'
import { Pairs } from './pairs'
import { Section } from './section'
import { ShortId } from './short_id'

type Rules = Pick<
  Shape['WarningRulesLine'],
  'version' | 'remark' | 'text' | 'proposed_by' | 'is_approved' | 'answered_by' | 'from_on'
>

/** A version of rules: its text, who stands for it, whether it holds, and below it what it was tried to come to. */
export function RulesVersion({ rules, isHeld, children }: { rules: Rules; isHeld: boolean; children: ReactNode }) {
  const text = useText(texts)
  const answered = rules.is_approved ? text('approved') : text('rejected')
  return (
    <Section title={`${text('version')} ${rules.version.slice(0, 12)}${isHeld ? ` · ${text('inForce')}` : ''}`}>
      <Pairs
        pairs={[
          [text('version'), <ShortId id={rules.version} />],
          [text('remark'), rules.remark],
          [text('proposedBy'), rules.proposed_by],
          [text('state'), rules.is_approved === null ? text('waits') : answered],
          [text('answeredBy'), rules.answered_by ?? ''],
          [text('from'), rules.from_on && <Day on={rules.from_on} />],
        ]}
      />
      <details>
        <summary>{text('text')}</summary>
        <pre>{rules.text}</pre>
      </details>
      {children}
    </Section>
  )
}
