import { ask, RefusalNotice, useText } from '@fenqi/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { api } from '../../session'
import { creditReports as texts } from '../../texts/credit_reports'

/** Let the records of a rejected file go again, each as its next version. */
export function SendAnew({ fileId }: { fileId: string }) {
  const text = useText(texts)
  const queries = useQueryClient()
  const [reason, say] = useState('')
  const send = useMutation({
    mutationFn: () =>
      ask(api.POST('/staff/credit-files/{file_id}/resend', { params: { path: { file_id: fileId } }, body: { reason } })),
    onSettled: () => queries.invalidateQueries({ queryKey: ['credit'] }),
  })
  const label = `${text('anewReason')} ${fileId.slice(-8)}`
  return (
    <>
      <Input aria-label={label} placeholder={text('anewReason')} value={reason} onChange={(event) => say(event.target.value)} />
      <Button disabled={reason.trim().length < 5} loading={send.isPending} onClick={() => send.mutate()}>
        {text('sendAnew')}
      </Button>
      <span role="status">{send.data && text('goesAgain', { count: send.data.record_count })}</span>
      {send.isError && <RefusalNotice error={send.error} />}
    </>
  )
}
