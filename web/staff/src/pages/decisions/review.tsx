import { ask, Instant, RefusalNotice, statusTexts, useText, type Shape } from '@fenqi/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Input, Select } from 'antd'
import { useId, useState } from 'react'
import { useMe } from '../../parts/me'
import { Section } from '../../parts/section'
import { api } from '../../session'
import { decisions as texts } from '../../texts/decisions'
import { useFrozen } from './frozen'

type Decision = Shape['StaffDecisionShape']
const REASON_LENGTH_MIN = 5
const FOUND = ['unproven', 'unaffordable', 'fraud'] as const

/** What people have said of a decision; a reviewer answers a referred one, with a reason; a frozen one has to be released before. */
export function Review({ decision }: { decision: Decision }) {
  const text = useText(texts)
  const { has } = useMe()
  const frozen = useFrozen(decision.decision_id)
  const isReferred = frozen === null || frozen?.checkout_status === 'referred'
  const isOpen = decision.outcome === 'refer' && decision.verdict === null && isReferred && has('reviewer', 'risk')
  if (decision.reviews.length === 0 && !isOpen) return null
  return (
    <Section title={text('review')}>
      <ul>
        {decision.reviews.map((review) => (
          <li key={review.recorded_at}>
            <Instant at={review.recorded_at} /> {review.asked_by}: {text(`said_${review.verdict}`)} — {review.reason}
          </li>
        ))}
      </ul>
      {isOpen && <Answer decision_id={decision.decision_id} />}
    </Section>
  )
}

function Answer({ decision_id }: { decision_id: string }) {
  const text = useText(texts)
  const id = useId()
  const status = useText(statusTexts)
  const [reason, setReason] = useState('')
  const [found, find] = useState<(typeof FOUND)[number]>('unproven')
  const queries = useQueryClient()
  const answer = useMutation({
    mutationFn: (verdict: 'approve' | 'decline') =>
      ask(
        api.POST('/staff/decisions/{decision_id}/reviews', {
          params: { path: { decision_id } },
          body: { verdict, reason, found: verdict === 'approve' ? 'sound' : found },
        }),
      ),
    onSettled: () => Promise.all([queries.invalidateQueries({ queryKey: ['decisions'] }), queries.invalidateQueries({ queryKey: ['cases'] })]),
  })
  const isMute = reason.trim().length < REASON_LENGTH_MIN
  return (
    <div className="ask">
      <label htmlFor={id}>{text('reviewReason')}</label>
      <Input.TextArea id={id} rows={3} maxLength={1000} value={reason} onChange={(event) => setReason(event.target.value)} />
      {answer.isError && <RefusalNotice error={answer.error} />}
      <div className="page-tools">
        <Button type="primary" disabled={isMute} loading={answer.isPending} onClick={() => answer.mutate('approve')}>
          {text('doApprove')}
        </Button>
        <Select
          aria-label={text('found')}
          value={found}
          onChange={find}
          options={FOUND.map((one) => ({ value: one, label: status(`finding_${one}`) }))}
        />
        <Button danger disabled={isMute} loading={answer.isPending} onClick={() => answer.mutate('decline')}>
          {text('doDecline')}
        </Button>
      </div>
    </div>
  )
}
