import { ask, RefusalNotice, useText, type Shape } from '@fenqi/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useMe } from '../../parts/me'
import { api } from '../../session'
import { strategies as texts } from '../../texts/strategies'
import { WithReason } from '../../parts/with_reason'

/** Lets deciding go on: one asks, somebody else agrees. */
export function EndHalt({ halt }: { halt: Shape['HaltLine'] }) {
  const text = useText(texts)
  const { me } = useMe()
  const queries = useQueryClient()
  const path = { params: { path: { halt_id: halt.halt_id } } }
  const onSettled = () => queries.invalidateQueries({ queryKey: ['strategies'] })
  const wish = useMutation({
    mutationFn: (reason: string) => ask(api.POST('/staff/halts/{halt_id}/end', { ...path, body: { reason } })),
    onSettled,
  })
  const agree = useMutation({ mutationFn: () => ask(api.POST('/staff/halts/{halt_id}/approval', path)), onSettled })
  if (halt.asked_by === null)
    return (
      <WithReason
        label={text('endWhy')}
        button={text('askEnd')}
        error={wish.error}
        isPending={wish.isPending}
        act={wish.mutate}
      />
    )
  const isOwn = halt.asked_by === me.data?.login
  return (
    <>
      <p>
        {halt.asked_by}: {halt.end_reason}
      </p>
      {isOwn && <p className="notice">{text('ownEnd')}</p>}
      {agree.isError && <RefusalNotice error={agree.error} />}
      <Button type="primary" disabled={isOwn} loading={agree.isPending} onClick={() => agree.mutate()}>
        {text('approveEnd')}
      </Button>
    </>
  )
}
