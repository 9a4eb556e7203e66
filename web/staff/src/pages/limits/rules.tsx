import { ask, Asked, useText } from '@fenqi/ui'
import { useQuery } from '@tanstack/react-query'
import { useMe } from '../../parts/me'
import { PageHead } from '../../parts/page_head'
import { ProposeRules } from '../../parts/propose_rules'
import { RulesVersion } from '../../parts/rules_version'
import { api } from '../../session'
import { limits as texts } from '../../texts/limits'
import { AnswerRules } from './answer_rules'
import { LimitLinks } from './links'
import { Trial } from './trial'

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
            <RulesVersion key={rules.version} rules={rules} isHeld={rules.version === data.in_force}>
              <Trial rules={rules} mayTry={has('risk')} />
              {rules.is_approved === null && has('risk') && <AnswerRules rules={rules} />}
            </RulesVersion>
          ))
        }
      </Asked>
      {has('risk') && (
        <ProposeRules
          queryKey="limit-rules"
          send={({ remark, text }) => ask(api.POST('/staff/limit-rules', { body: { remark, text } }))}
        />
      )}
    </>
  )
}
