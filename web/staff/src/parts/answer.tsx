import { RefusalNotice, useText } from '@fenqi/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { rules as texts } from '../texts/rules'
import { useMe } from './me'

const TEXT_LENGTH_MIN = 5

type Answering = {
  proposedBy: string
  what: string
  queryKey: string
  mayApprove?: boolean
  send: (is_approved: boolean, reason: string) => Promise<unknown>
}

/** The second person's answer to what somebody else proposed. */
export function Answer({ proposedBy, what, queryKey, mayApprove = true, send }: Answering) {
  const text = useText(texts)
  const { me } = useMe()
  const queries = useQueryClient()
  const [reason, say] = useState('')
  const answer = useMutation({
    mutationFn: (is_approved: boolean) => send(is_approved, reason.trim()),
    onSettled: () => queries.invalidateQueries({ queryKey: [queryKey] }),
  })
  if (proposedBy === me.data?.login) return <>{text('own')}</>
  const isMute = reason.trim().length < TEXT_LENGTH_MIN
  return (
    <div className="page-tools">
      <Input
        aria-label={text('answerWhy', { version: what })}
        placeholder={text('reason')}
        value={reason}
        onChange={(event) => say(event.target.value)}
      />
      <Button type="primary" disabled={isMute || !mayApprove} loading={answer.isPending} onClick={() => answer.mutate(true)}>
        {text('approve')}
      </Button>
      <Button danger disabled={isMute} loading={answer.isPending} onClick={() => answer.mutate(false)}>
        {text('reject')}
      </Button>
      {answer.isError && <RefusalNotice error={answer.error} />}
    </div>
  )
}
