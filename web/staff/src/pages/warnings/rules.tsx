import { ask, Asked, useText, type Shape } from '@fenqi/ui'
import { useQuery } from '@tanstack/react-query'
import { Answer } from '../../parts/answer'
import { useMe } from '../../parts/me'
import { PageHead } from '../../parts/page_head'
import { ProposeRules } from '../../parts/propose_rules'
import { RulesVersion } from '../../parts/rules_version'
import { api } from '../../session'
import { warningRules as texts } from '../../texts/warning_rules'
import { WarningLinks } from './links'
import { WarningTrial } from './trial'

const PROGRESS_MS = 2000

/** The strategies by which borrowers are warned of: versions, whom each would have warned, who let them in. */
export function WarningRulesPage() {
  const text = useText(texts)
  const { has } = useMe()
  const query = useQuery({
    queryKey: ['warning-rules'],
    queryFn: () => ask(api.GET('/staff/warning-rules')),
    refetchInterval: (asked) => (asked.state.data?.versions.some(isTried) ? PROGRESS_MS : false),
  })
  return (
    <>
      <PageHead title={text('title')}>
        <WarningLinks />
      </PageHead>
      <Asked query={query} isEmpty={(data) => data.versions.length === 0} empty={text('none')}>
        {(data) =>
          data.versions.map((rules) => (
            <RulesVersion key={rules.version} rules={rules} isHeld={rules.version === data.in_force}>
              <WarningTrial rules={rules} mayTry={has('risk') && !isTried(rules)} />
              {rules.is_approved === null && has('risk') && <AnswerOf rules={rules} />}
            </RulesVersion>
          ))
        }
      </Asked>
      {has('risk') && (
        <ProposeRules
          queryKey="warning-rules"
          send={({ remark, text }) => ask(api.POST('/staff/warning-rules', { body: { remark, text } }))}
        />
      )}
    </>
  )
}

function isTried({ trial }: Shape['WarningRulesLine']) {
  return trial?.state === 'waiting' || trial?.state === 'running'
}

function AnswerOf({ rules }: { rules: Shape['WarningRulesLine'] }) {
  const { version } = rules
  return (
    <Answer
      proposedBy={rules.proposed_by}
      what={version.slice(0, 12)}
      queryKey="warning-rules"
      mayApprove={rules.trial?.state === 'done'}
      send={(is_approved, reason) =>
        ask(
          api.POST('/staff/warning-rules/{version}/answer', {
            params: { path: { version } },
            body: { is_approved, reason },
          }),
        )
      }
    />
  )
}
