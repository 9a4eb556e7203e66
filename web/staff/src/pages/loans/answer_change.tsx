import { ask, Asked, RefusalNotice, useText, type Shape } from '@fenqi/ui'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useId, useState } from 'react'
import { useMe } from '../../parts/me'
import { api } from '../../session'
import { loanChange } from '../../texts/loan_change'
import { PreviewShown } from './preview'

const TEXT_LENGTH_MIN = 5

/** What a proposed change would do now, and the answer of a second person to it. */
export function AnswerChange({ change }: { change: Shape['ChangeShape'] }) {
  const text = useText(loanChange)
  const { me } = useMe()
  const path = { params: { path: { loan_id: change.loan_id } } }
  const preview = useQuery({
    queryKey: ['loans', change.loan_id, 'preview', change.change_id],
    retry: false,
    queryFn: () => ask(api.POST('/staff/loans/{loan_id}/previews', { ...path, body: change.content })),
  })
  return (
    <>
      <Asked query={preview}>{(data) => <PreviewShown preview={data} />}</Asked>
      {change.proposed_by === me.data?.login && <p className="notice">{text('own')}</p>}
      <Answer change={change} seen_seq={preview.data?.seq} isOwn={change.proposed_by === me.data?.login} />
    </>
  )
}

type Answering = { change: Shape['ChangeShape']; seen_seq: number | undefined; isOwn: boolean }

function Answer({ change, seen_seq, isOwn }: Answering) {
  const text = useText(loanChange)
  const id = useId()
  const [why, setWhy] = useState('')
  const queries = useQueryClient()
  const answer = useMutation({
    mutationFn: (approved: boolean) =>
      ask(
        api.POST('/staff/loans/{loan_id}/changes/{change_id}/answer', {
          params: { path: { loan_id: change.loan_id, change_id: change.change_id } },
          body: { approved, why: why.trim(), seen_seq: seen_seq ?? change.seen_seq },
        }),
      ),
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: ['loans', change.loan_id] }),
        queries.invalidateQueries({ queryKey: ['loan-changes'] }),
      ]),
  })
  const isMute = why.trim().length < TEXT_LENGTH_MIN
  return (
    <div className="ask">
      <label htmlFor={id}>{text('answerWhy')}</label>
      <Input.TextArea id={id} rows={2} maxLength={2000} value={why} onChange={(event) => setWhy(event.target.value)} />
      {answer.isError && <RefusalNotice error={answer.error} />}
      <div className="page-tools">
        <Button
          type="primary"
          disabled={isMute || isOwn || seen_seq === undefined}
          loading={answer.isPending}
          onClick={() => answer.mutate(true)}
        >
          {text('approve')}
        </Button>
        <Button danger disabled={isMute} loading={answer.isPending} onClick={() => answer.mutate(false)}>
          {text('reject')}
        </Button>
      </div>
    </div>
  )
}
