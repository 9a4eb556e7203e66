import { ask, Asked, Field, Money, useText } from '@fenqi/ui'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../session'
import { credit } from '../../texts/credit'

/** What would close the loan on a day to come; nothing is done by looking. */
export function WhatIf({ loanId, from }: { loanId: string; from: string }) {
  const text = useText(credit)
  const [on, setOn] = useState(from)
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(on) && on >= from
  const payoff = useQuery({
    queryKey: ['payoff', loanId, on],
    enabled: isDay,
    placeholderData: keepPreviousData,
    queryFn: () =>
      ask(api.GET('/h5/loans/{loan_id}/payoff', { params: { path: { loan_id: loanId }, query: { on } } })),
  })
  return (
    <section className="card">
      <h2>{text('whatIf')}</h2>
      <p className="soft">{text('whatIfWhy')}</p>
      <Field
        label={text('day')}
        type="date"
        min={from}
        value={on}
        onChange={(event) => setOn(event.target.value)}
      />
      {isDay && (
        <Asked query={payoff}>
          {(found) => (
            <p role="status">
              {text('whatIfAmount')}{' '}
              <strong>
                <Money minor={found.amount_minor} currency={found.currency} />
              </strong>
            </p>
          )}
        </Asked>
      )}
    </section>
  )
}
