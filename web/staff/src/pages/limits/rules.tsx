import { ask, Asked, Day, useText, type Shape } from '@fenqi/ui'
import { useQuery } from '@tanstack/react-query'
import { useMe } from '../../parts/me'
import { PageHead } from '../../parts/page_head'
import { Pairs } from '../../parts/pairs'
import { Section } from '../../parts/section'
import { ShortId } from '../../parts/short_id'
import { api } from '../../session'
import { limits as texts } from '../../texts/limits'
import { AnswerRules } from './answer_rules'
import { LimitLinks } from './links'
import { ProposeRules } from './propose_rules'
import { Trial } from './trial'

type Rules = Shape['LimitRulesLine']

/** The rules by which credit lines move: versions, what each would change, who let them in. */
export function LimitRulesPage() {
  const text = useText(texts)
  const { has } = useMe()
  const query = useQuery({ queryKey: ['limit-rules'], queryFn: () => ask(api.GET('/staff/limit-rules')) })
  return (
    <>
      <PageHead title={text('rulesTitle')}>
        <LimitLinks />
      </PageHead>
      <Asked query={query} isEmpty={(data) => data.versions.length === 0} empty={text('noRules')}>
        {(data) =>
          data.versions.map((rules) => (
            <Version key={rules.version} rules={rules} isHeld={rules.version === data.in_force} />
          ))
        }
      </Asked>
      {has('risk') && <ProposeRules />}
    </>
  )
}

function Version({ rules, isHeld }: { rules: Rules; isHeld: boolean }) {
  const text = useText(texts)
  const { has } = useMe()
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
      <Trial rules={rules} mayTry={has('risk')} />
      {rules.is_approved === null && has('risk') && <AnswerRules rules={rules} />}
    </Section>
  )
}
