import { ask, Field, minorOf, money, RefusalNotice, Unreachable, useLanguage, useText, type Shape } from '@fenqi/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { useKept } from '../../parts/kept'
import { api } from '../../session'
import { credit } from '../../texts/credit'
import { useTold } from '../../texts/refusal'

type What = 'next' | 'overdue' | 'off' | 'other'
type Request = { request_id: string; amount_minor: number | null }

/** Pay an amount, what is due, or everything; a request keeps its id until its answer is known, so it counts once. */
export function Pay({ loan }: { loan: Shape['LoanShape'] }) {
  const text = useText(credit)
  const queries = useQueryClient()
  const [what, setWhat] = useState<What>(loan.overdue.total_minor > 0 ? 'overdue' : 'next')
  const [typed, setTyped] = useState('')
  const [open, keepOpen] = useKept<Request>(`fenqi.pay.${loan.loan_id}`)
  const pay = useMutation({
    mutationFn: (request: Request) => {
      keepOpen(request)
      const path = { params: { path: { loan_id: loan.loan_id } } }
      return ask(api.POST('/h5/loans/{loan_id}/repayments', { ...path, body: request }))
    },
    onSettled: (_answer, error) => {
      if (!(error instanceof Unreachable)) keepOpen(null)
      for (const key of ['loan', 'loans', 'me', 'payoff']) void queries.invalidateQueries({ queryKey: [key] })
    },
  })
  const told = useTold(pay.error)
  const amountMinor = amountOf(what, loan, typed)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (amountMinor !== undefined) pay.mutate({ request_id: newRequestId(), amount_minor: amountMinor })
  }
  if (open && !pay.isPending) {
    return (
      <section className="notice" data-tone="warn" role="alert">
        <p>{text('lost')}</p>
        <button type="button" className="button" onClick={() => pay.mutate(open)}>
          {text('payAgain')}
        </button>
      </section>
    )
  }
  return (
    <form className="card" onSubmit={submit} noValidate>
      <h2>{text('pay')}</h2>
      {pay.data && <Outcome payment={pay.data} />}
      <Amounts loan={loan} what={what} choose={setWhat} />
      {what === 'other' && (
        <Field
          label={text('otherAmount')}
          hint={text('otherHint')}
          error={typed !== '' && amountMinor === undefined ? text('otherHint') : undefined}
          inputMode="decimal"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
      )}
      {pay.isError && <RefusalNotice error={pay.error} told={told} />}
      <button type="submit" className="button" data-wide disabled={pay.isPending || amountMinor === undefined}>
        {text(pay.isPending ? 'paying' : 'payNow')}
      </button>
      <small className="soft">
        {text('payHelp')} {text('standIn')}
      </small>
    </form>
  )
}

function Amounts({ loan, what, choose }: { loan: Shape['LoanShape']; what: What; choose: (what: What) => void }) {
  const text = useText(credit)
  const { language } = useLanguage()
  const told = (minor: number) => ({ amount: money(minor, language, loan.currency) })
  const choices: [What, string][] = [
    ['next', text('payNext', told(loan.next_due_minor))],
    ['off', text('payOff', told(loan.payoff_minor))],
    ['other', text('payOther')],
  ]
  if (loan.overdue.total_minor > 0) choices.unshift(['overdue', text('payOverdue', told(loan.overdue.total_minor))])
  return (
    <fieldset className="choice">
      <legend>{text('payWhat')}</legend>
      {choices.map(([each, label]) => (
        <label key={each} className="tick">
          <input type="radio" name="what" checked={what === each} onChange={() => choose(each)} />
          <span>{label}</span>
        </label>
      ))}
    </fieldset>
  )
}

function Outcome({ payment }: { payment: Shape['PaymentShape'] }) {
  const text = useText(credit)
  const tone = payment.state === 'succeeded' ? 'good' : payment.state === 'failed' ? 'bad' : 'warn'
  return (
    <p className="notice" data-tone={tone} role="status">
      {payment.state === 'succeeded' ? '✓ ' : '! '}
      {text(`payment_${payment.state}`)}
    </p>
  )
}

/** Also where the page did not come over a secure connection, and the browser makes no UUID. */
function newRequestId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Null is everything that closes the loan today, reckoned by the service when it is paid. */
function amountOf(what: What, loan: Shape['LoanShape'], typed: string): number | null | undefined {
  switch (what) {
    case 'next':
      return loan.next_due_minor || undefined
    case 'overdue':
      return loan.overdue.total_minor
    case 'off':
      return null
    case 'other':
      return minorOf(typed) || undefined
  }
}
