import { ask, Badge, day, RefusalNotice, useLanguage, useText, type Shape } from '@fenqi/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Document } from '../../parts/document'
import { Papers } from '../../parts/papers'
import { api } from '../../session'
import { hardship } from '../../texts/hardship'
import { Options } from './options'

type Request = Shape['OwnHardshipShape']

/** One request: where it stands and until when, the papers, what is offered, what was signed. */
export function Course({ request }: { request: Request }) {
  const text = useText(hardship)
  const isOpen = request.state === 'asked' || request.state === 'offered'
  return (
    <section className="card">
      <h2>
        <Badge kind="hardship" status={request.state} />
        {text(request.cause)}
      </h2>
      <Standing request={request} />
      {request.reason && (
        <p>
          <strong>{text('reason')}</strong> {request.reason}
        </p>
      )}
      {request.state === 'offered' && <Options request={request} />}
      {isOpen && <Proof request={request} />}
      {isOpen && <Withdraw request={request} />}
      {request.document_id && <Signed documentId={request.document_id} />}
    </section>
  )
}

function Standing({ request }: { request: Request }) {
  const text = useText(hardship)
  const { language } = useLanguage()
  const lines = [text(request.state)]
  if (request.state === 'asked') lines.push(text('answerBy', { on: day(request.answer_due_on, language) }))
  if (request.state === 'asked' || request.state === 'offered') lines.push(text('held'))
  if (request.state === 'offered' && request.accept_until)
    lines.push(text('acceptBy', { on: day(request.accept_until, language) }))
  if (request.state === 'agreed' && request.observed_until)
    lines.push(text('observedUntil', { on: day(request.observed_until, language) }))
  return (
    <div role="status">
      {lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
    </div>
  )
}

function Proof({ request }: { request: Request }) {
  const queries = useQueryClient()
  const adding = useMutation({
    mutationFn: (body: Shape['NewPaper']) =>
      ask(
        api.POST('/h5/hardship/{request_id}/papers', { params: { path: { request_id: request.request_id } }, body }),
      ),
    onSettled: () => queries.invalidateQueries({ queryKey: ['hardship'] }),
  })
  return <Papers papers={request.papers} adding={adding} />
}

function Withdraw({ request }: { request: Request }) {
  const text = useText(hardship)
  const queries = useQueryClient()
  const withdrawing = useMutation({
    mutationFn: () =>
      ask(api.POST('/h5/hardship/{request_id}/withdrawal', { params: { path: { request_id: request.request_id } } })),
    onSettled: () => queries.invalidateQueries({ queryKey: ['hardship'] }),
  })
  return (
    <>
      {withdrawing.isError && <RefusalNotice error={withdrawing.error} />}
      <button
        type="button"
        className="button"
        data-look="quiet"
        disabled={withdrawing.isPending}
        onClick={() => withdrawing.mutate()}
      >
        {text('withdraw')}
      </button>
    </>
  )
}

function Signed({ documentId }: { documentId: string }) {
  const text = useText(hardship)
  const [isOpen, open] = useState(false)
  return (
    <>
      <button type="button" className="button" data-look="quiet" aria-expanded={isOpen} onClick={() => open(!isOpen)}>
        {text('document')}
      </button>
      {isOpen && <Document documentId={documentId} kind="plan" />}
    </>
  )
}
