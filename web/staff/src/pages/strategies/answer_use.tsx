import { ask, RefusalNotice, useText, type Shape } from '@fenqi/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { useMe } from '../../parts/me'
import { api } from '../../session'
import { strategies as texts } from '../../texts/strategies'

const TEXT_LENGTH_MIN = 5

/** The second person's answer to a proposed use. */
export function AnswerUse({ use }: { use: Shape['StrategyUseLine'] }) {
  const text = useText(texts)
  const { me } = useMe()
  const queries = useQueryClient()
  const [reason, say] = useState('')
  const answer = useMutation({
    mutationFn: (is_approved: boolean) =>
      ask(
        api.POST('/staff/strategy-uses/{use_id}/answer', {
          params: { path: { use_id: use.use_id } },
          body: { is_approved, reason: reason.trim() },
        }),
      ),
    onSettled: () => queries.invalidateQueries({ queryKey: ['strategies'] }),
  })
  if (use.proposed_by === me.data?.login) return <>{text('own')}</>
  const isMute = reason.trim().length < TEXT_LENGTH_MIN
  return (
    <div className="page-tools">
      <Input
        aria-label={text('answerWhy', { version: use.version })}
        placeholder={text('reason')}
        value={reason}
        onChange={(event) => say(event.target.value)}
      />
      <Button type="primary" disabled={isMute} loading={answer.isPending} onClick={() => answer.mutate(true)}>
        {text('approve')}
      </Button>
      <Button danger disabled={isMute} loading={answer.isPending} onClick={() => answer.mutate(false)}>
        {text('reject')}
      </Button>
      {answer.isError && <RefusalNotice error={answer.error} />}
    </div>
  )
}
