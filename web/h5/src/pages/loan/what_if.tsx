import { ask, Asked, day, Field, minorOf, money, RefusalNotice, useLanguage, useText, type Shape } from '@fenqi/ui'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../session'
import { credit } from '../../texts/credit'
import { useTold } from '../../texts/refusal'
import type { Paying } from './paying'
import { Trial } from './trial'

type What = 'some' | 'all'

/** What a payment on a day would do, reckoned by the service; paid for real, if wanted, where the day is today. */
export function WhatIf({ loan, paying }: { loan: Shape['LoanShape']; paying: Paying }) {
  const text = useText(credit)
  const [what, setWhat] = useState<What>('all')
  const [typed, setTyped] = useState('')
  const [on, setOn] = useState(loan.as_of)
  const amountMinor = what === 'all' ? null : minorOf(typed) || undefined
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(on) && on >= loan.as_of
  const query = useQuery({
    queryKey: ['what-if', loan.loan_id, on, amountMinor],
    enabled: isDay && amountMinor !== undefined,
    placeholderData: keepPreviousData,
    retry: false,
    queryFn: () =>
      ask(
        api.GET('/h5/loans/{loan_id}/what-if', {
          params: { path: { loan_id: loan.loan_id }, query: amountMinor ? { on, amount_minor: amountMinor } : { on } },
        }),
      ),
  })
  const told = useTold(query.error)
  return (
    <section className="card what-if" aria-label={text('whatIf')}>
      <h2>{text('whatIf')}</h2>
      <p className="soft">{text('whatIfWhy')}</p>
      <Field label={text('day')} type="date" min={loan.as_of} value={on} onChange={(event) => setOn(event.target.value)} />
      <fieldset className="choice">
        <legend>{text('tryWhat')}</legend>
        {(['all', 'some'] as const).map((each) => (
          <label key={each} className="tick">
            <input type="radio" name="try" checked={what === each} onChange={() => setWhat(each)} />
            <span>{text(each === 'all' ? 'tryAll' : 'trySome')}</span>
          </label>
        ))}
      </fieldset>
      {what === 'some' && (
        <Field
          label={text('otherAmount')}
          hint={text('otherHint')}
          error={typed !== '' && amountMinor === undefined ? text('otherHint') : undefined}
          inputMode="decimal"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
      )}
      {told && <RefusalNotice error={query.error} told={told} />}
      {!told && isDay && amountMinor !== undefined && (
        <Asked query={query}>
          {(trial) => (
            <>
              <Trial trial={trial} />
              <ForReal trial={trial} today={loan.as_of} paying={paying} chooseToday={() => setOn(loan.as_of)} />
            </>
          )}
        </Asked>
      )}
    </section>
  )
}

type Real = { trial: Shape['WhatIfShape']; today: string; paying: Paying; chooseToday: () => void }

function ForReal({ trial, today, paying, chooseToday }: Real) {
  const text = useText(credit)
  const { language } = useLanguage()
  if (trial.on !== today) {
    return (
      <div className="row">
        <small className="soft">{text('onlyToday', { on: day(trial.on, language) })}</small>
        <button type="button" className="button" data-look="quiet" onClick={chooseToday}>
          {text('useToday')}
        </button>
      </div>
    )
  }
  const amount = money(trial.amount_minor, language, trial.currency)
  return (
    <button
      type="button"
      className="button"
      data-wide
      disabled={paying.pay.isPending}
      onClick={() => paying.start(trial.pays_off ? null : trial.amount_minor)}
    >
      {paying.pay.isPending ? text('paying') : text('payThis', { amount })}
    </button>
  )
}
