import { ask, RefusalNotice, useText, type Shape } from '@fenqi/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Document, useDocument } from '../../parts/document'
import { useSecondsLeft } from '../../parts/seconds_left'
import { api } from '../../session'
import { hardship } from '../../texts/hardship'
import { AnswerCode, type Sent } from '../session/answer_code'

type SignPlan = { requestId: string; shown: Shape['ReliefShowingShape']; seenAt: number; other: () => void }

/** The plan of a way out: to be read for its time, ticked, and signed with a code. */
export function SignPlan({ requestId, shown, seenAt, other }: SignPlan) {
  const text = useText(hardship)
  const left = useSecondsLeft(seenAt + shown.read_seconds_min * 1000)
  return (
    <section className="stack">
      <h3>{text('plan')}</h3>
      <Document documentId={shown.document_id} kind="plan" />
      <div className="reading" role="timer" data-tone={left > 0 ? 'busy' : 'good'}>
        {left > 0 ? text('readLeft', { seconds: left }) : `✓ ${text('readDone')}`}
      </div>
      <Sign requestId={requestId} shown={shown} isRead={left === 0} />
      <button type="button" className="button" data-look="plain" onClick={other}>
        {text('otherWays')}
      </button>
    </section>
  )
}

function Sign({ requestId, shown, isRead }: { requestId: string; shown: SignPlan['shown']; isRead: boolean }) {
  const text = useText(hardship)
  const queries = useQueryClient()
  const kept = useDocument(shown.document_id).data
  const [hasAgreed, agree] = useState(false)
  const [sent, keepSent] = useState<Sent | null>(null)
  const at = { params: { path: { request_id: requestId } } }
  const send = useMutation({
    mutationFn: () =>
      ask(api.POST('/h5/hardship/{request_id}/codes', { ...at, body: { showing_id: shown.showing_id } })),
    onSuccess: (code) => keepSent({ ...code, resendAt: Date.now() + code.resend_after_seconds * 1000 }),
  })
  const sign = useMutation({
    mutationFn: (digits: string) => {
      const signed = { showing_id: shown.showing_id, code_id: sent?.code_id ?? '', digits }
      const body = { ...signed, signed_sha256: kept?.sha256 ?? shown.sha256 }
      return ask(api.POST('/h5/hardship/{request_id}/signature', { ...at, body }))
    },
    onSuccess: () => queries.invalidateQueries(),
  })
  const isReady = isRead && hasAgreed && Boolean(kept)
  return (
    <>
      <label className="tick">
        <input type="checkbox" checked={hasAgreed} onChange={(event) => agree(event.target.checked)} />
        <span>{text('agree')}</span>
      </label>
      {send.isError && <RefusalNotice error={send.error} />}
      {sent && isReady ? (
        <AnswerCode sent={sent} answer={sign} submit={text('sign')} resend={() => send.mutate()} />
      ) : (
        <button
          type="button"
          className="button"
          data-wide
          disabled={!isReady || send.isPending}
          onClick={() => send.mutate()}
        >
          {text('sendCode')}
        </button>
      )}
    </>
  )
}
