import { ask, RefusalNotice, statusTexts, useText } from '@fenqi/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Input, Select } from 'antd'
import { useId, useState } from 'react'
import { api } from '../../session'
import { screening as texts } from '../../texts/screening'

const REASON_LENGTH_MIN = 5
const FOUND = ['fraud', 'unproven', 'unaffordable'] as const

/** Let a frozen order go on, or end it; with a reason either way. */
export function AnswerFreeze({ decision_id }: { decision_id: string }) {
  const text = useText(texts)
  const status = useText(statusTexts)
  const id = useId()
  const [reason, setReason] = useState('')
  const [found, find] = useState<(typeof FOUND)[number]>('fraud')
  const queries = useQueryClient()
  const answer = useMutation({
    mutationFn: (verdict: 'release' | 'reject') =>
      ask(
        api.POST('/staff/decisions/{decision_id}/freeze-answers', {
          params: { path: { decision_id } },
          body: { verdict, reason, found: verdict === 'release' ? 'sound' : found },
        }),
      ),
    onSuccess: () => setReason(''),
    onSettled: () =>
      Promise.all([queries.invalidateQueries({ queryKey: ['decisions'] }), queries.invalidateQueries({ queryKey: ['cases'] })]),
  })
  const isMute = reason.trim().length < REASON_LENGTH_MIN
  return (
    <div className="ask">
      <label htmlFor={id}>{text('reason')}</label>
      <Input.TextArea id={id} rows={3} maxLength={2000} value={reason} onChange={(event) => setReason(event.target.value)} />
      {answer.isError && <RefusalNotice error={answer.error} />}
      <div className="page-tools">
        <Button type="primary" disabled={isMute} loading={answer.isPending} onClick={() => answer.mutate('release')}>
          {text('release')}
        </Button>
        <Select
          aria-label={text('found')}
          value={found}
          onChange={find}
          options={FOUND.map((one) => ({ value: one, label: status(`finding_${one}`) }))}
        />
        <Button danger disabled={isMute} loading={answer.isPending} onClick={() => answer.mutate('reject')}>
          {text('reject')}
        </Button>
      </div>
    </div>
  )
}
