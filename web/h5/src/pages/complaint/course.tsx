import { ask, Badge, day, money, RefusalNotice, useLanguage, useText, type Shape } from '@fenqi/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Papers } from '../../parts/papers'
import { api } from '../../session'
import { complaint as texts } from '../../texts/complaint'
import { Say } from './say'

type Complaint = Shape['OwnComplaintShape']

const OPEN = ['received', 'acknowledged', 'proposed']

/** One complaint: where it stands and until when, one's words and papers, the answer. */
export function Course({ complaint }: { complaint: Complaint }) {
  const text = useText(texts)
  const isOpen = OPEN.includes(complaint.state)
  return (
    <section className="card">
      <h2>
        <Badge kind="complaint" status={complaint.state} />
        {text(complaint.cause)}
      </h2>
      {isOpen && <Standing complaint={complaint} />}
      <p>
        <strong>{text('words')}</strong> {complaint.text}
      </p>
      {complaint.outcome && <Answer complaint={complaint} />}
      {isOpen && <Proof complaint={complaint} />}
      {isOpen && <Withdraw complaint={complaint} />}
    </section>
  )
}

function Standing({ complaint }: { complaint: Complaint }) {
  const text = useText(texts)
  const { language } = useLanguage()
  const amount = money(complaint.disputed_minor, language, complaint.currency)
  const lines = [text('answerBy', { on: day(complaint.answer_due_on, language) })]
  lines.push(complaint.disputed_minor > 0 ? text('held', { amount }) : text('stopped'))
  if (complaint.extended_because) lines.push(text('extended', { reason: complaint.extended_because }))
  if (complaint.follows_id) lines.push(text('again'))
  return (
    <div role="status">
      {lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
    </div>
  )
}

function Answer({ complaint }: { complaint: Complaint }) {
  const text = useText(texts)
  const { language } = useLanguage()
  const amount = money(complaint.redress_minor, language, complaint.currency)
  return (
    <>
      <h3>
        {text('answer')}: {complaint.outcome && text(complaint.outcome)}
      </h3>
      <p>{complaint.answer}</p>
      {complaint.redress !== 'none' && <p>✓ {text(complaint.redress, { amount })}</p>}
      {complaint.state === 'answered' && <Say complaint={complaint} />}
      {complaint.is_satisfied !== null && <p role="status">{text(complaint.is_satisfied ? 'saidYes' : 'saidNo')}</p>}
    </>
  )
}

function Proof({ complaint }: { complaint: Complaint }) {
  const text = useText(texts)
  const queries = useQueryClient()
  const adding = useMutation({
    mutationFn: (body: Shape['NewPaper']) =>
      ask(
        api.POST('/h5/complaints/{complaint_id}/papers', {
          params: { path: { complaint_id: complaint.complaint_id } },
          body,
        }),
      ),
    onSettled: () => queries.invalidateQueries({ queryKey: ['complaints'] }),
  })
  return <Papers papers={complaint.papers} adding={adding} help={text('papersHelp')} />
}

function Withdraw({ complaint }: { complaint: Complaint }) {
  const text = useText(texts)
  const queries = useQueryClient()
  const withdrawing = useMutation({
    mutationFn: () =>
      ask(
        api.POST('/h5/complaints/{complaint_id}/withdrawal', {
          params: { path: { complaint_id: complaint.complaint_id } },
        }),
      ),
    onSettled: () => queries.invalidateQueries(),
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
