import { ask, useText, type Shape } from '@fenqi/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { WithReason } from '../../parts/with_reason'
import { api } from '../../session'
import { snoozes as texts } from '../../texts/snoozes'

/** Wakes a rule before its time, for a reason that is kept. */
export function WakeRule({ line }: { line: Shape['SnoozeLine'] }) {
  const text = useText(texts)
  const queries = useQueryClient()
  const wake = useMutation({
    mutationFn: (reason: string) =>
      ask(
        api.POST('/staff/snoozes/{rule_snooze_id}/end', {
          params: { path: { rule_snooze_id: line.rule_snooze_id } },
          body: { reason },
        }),
      ),
    onSettled: () => queries.invalidateQueries({ queryKey: ['snoozes'] }),
  })
  return (
    <WithReason
      label={text('endWhy', { rule: line.rule_code })}
      button={text('wake')}
      error={wake.error}
      isPending={wake.isPending}
      act={wake.mutate}
    />
  )
}
