import { ask, hasCode, RefusalNotice, useText } from '@fenqi/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useCallback } from 'react'
import { useNavigate } from 'react-router'
import { useAddress } from '../../parts/address'
import { useShortcut } from '../../parts/shortcut'
import { api } from '../../session'
import { collection as texts } from '../../texts/collection'

/** Takes the first case of the worklist as it is filtered, that of which there is most, and opens it. */
export function TakeNextCase() {
  const text = useText(texts)
  const go = useNavigate()
  const queries = useQueryClient()
  const address = useAddress()
  const stage = address.value('stage')
  const risk = address.value('risk')
  const sort = (address.sort.replace('-', '') || 'overdue_minor') as 'overdue_minor'
  const take = useMutation({
    mutationFn: () => ask(api.POST('/staff/collection-cases/next', { body: { stage, risk, sort } })),
    onSuccess: (taken) => go(`/collection-cases/${taken.case_id}`),
    onSettled: () => queries.invalidateQueries({ queryKey: ['collection'] }),
  })
  const { mutate } = take
  useShortcut('N', useCallback(() => mutate(), [mutate]))
  const isNone = hasCode(take.error, 'no_collection_case_waiting')
  return (
    <>
      <Button type="primary" loading={take.isPending} onClick={() => mutate()}>
        {text('takeNext')}
      </Button>
      <span role="status">{isNone && text('noneWaiting')}</span>
      {take.isError && !isNone && <RefusalNotice error={take.error} />}
    </>
  )
}
