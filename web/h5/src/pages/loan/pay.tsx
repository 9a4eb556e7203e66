import { Field, minorOf, money, useLanguage, useText, type Shape } from '@fenqi/ui'
import { useState, type FormEvent } from 'react'
import { credit } from '../../texts/credit'
import type { Paying } from './paying'

type What = 'next' | 'overdue' | 'off' | 'other'

/** Pay an amount, what is due, or everything. */
export function Pay({ loan, paying }: { loan: Shape['LoanShape']; paying: Paying }) {
  const text = useText(credit)
  const [what, setWhat] = useState<What>(loan.overdue.total_minor > 0 ? 'overdue' : 'next')
  const [typed, setTyped] = useState('')
  const amountMinor = amountOf(what, loan, typed)
  const isPending = paying.pay.isPending
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (amountMinor !== undefined) paying.start(amountMinor)
  }
  return (
    <form className="card" onSubmit={submit} noValidate>
      <h2>{text('pay')}</h2>
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
      <button type="submit" className="button" data-wide disabled={isPending || amountMinor === undefined}>
        {text(isPending ? 'paying' : 'payNow')}
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
