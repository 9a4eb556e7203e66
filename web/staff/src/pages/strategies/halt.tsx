import { ask, useText } from '@fenqi/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '../../session'
import { strategies as texts } from '../../texts/strategies'
import { WithReason } from '../../parts/with_reason'

/** Stops all deciding in one step. */
export function Halt() {
  const text = useText(texts)
  const queries = useQueryClient()
  const halt = useMutation({
    mutationFn: (reason: string) => ask(api.POST('/staff/halts', { body: { reason } })),
    onSettled: () => queries.invalidateQueries({ queryKey: ['strategies'] }),
  })
  return (
    <>
      <p>{text('haltTold')}</p>
      <WithReason
        label={text('haltWhy')}
        button={text('halt')}
        error={halt.error}
        isPending={halt.isPending}
        isDangerous
        act={halt.mutate}
      />
    </>
  )
}
