import { ask, hasCode, RefusalNotice, useText } from '@fenqi/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useNavigate } from 'react-router'
import { api } from '../../session'
import { cases as texts } from '../../texts/cases'

/** Takes the dearest case that nobody looks into, and opens it. */
export function TakeNext() {
  const text = useText(texts)
  const go = useNavigate()
  const queries = useQueryClient()
  const take = useMutation({
    mutationFn: () => ask(api.POST('/staff/cases/next', { body: {} })),
    onSuccess: (taken) => go(`/cases/${taken.case_id}`),
    onSettled: () => queries.invalidateQueries({ queryKey: ['cases'] }),
  })
  const isNone = hasCode(take.error, 'no_case_waiting')
  return (
    <>
      <Button type="primary" loading={take.isPending} onClick={() => take.mutate()}>
        {text('takeNext')}
      </Button>
      <span role="status">{isNone && text('nothingNext')}</span>
      {take.isError && !isNone && <RefusalNotice error={take.error} />}
    </>
  )
}
