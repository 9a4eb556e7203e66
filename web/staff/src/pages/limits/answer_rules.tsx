import { ask, type Shape } from '@fenqi/ui'
import { Answer } from '../../parts/answer'
import { api } from '../../session'

/** The second person's answer to rules, which have to be tried first. */
export function AnswerRules({ rules }: { rules: Shape['LimitRulesLine'] }) {
  const { version } = rules
  return (
    <Answer
      proposedBy={rules.proposed_by}
      what={version.slice(0, 12)}
      queryKey="limit-rules"
      mayApprove={rules.tried_on !== null}
      send={(is_approved, reason) =>
        ask(
          api.POST('/staff/limit-rules/{version}/answer', {
            params: { path: { version } },
            body: { is_approved, reason },
          }),
        )
      }
    />
  )
}
