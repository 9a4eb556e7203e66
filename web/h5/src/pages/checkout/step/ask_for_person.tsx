import { ask, RefusalNotice, useText } from '@fenqi/ui'
import { useId, useState, type FormEvent } from 'react'
import { api } from '../../../session'
import { checkout } from '../../../texts/checkout'
import { useTold } from '../../../texts/refusal'
import { at, useStep } from '../progress'

const REASON_LENGTH_MAX = 1000

/** The right to a person: asked for once, and said so from then on. */
export function AskForPerson({ checkoutId, isAsked }: { checkoutId: string; isAsked: boolean }) {
  const text = useText(checkout)
  const id = useId()
  const [reason, setReason] = useState('')
  const request = useStep(checkoutId, () =>
    ask(api.POST('/h5/checkouts/{checkout_id}/reviews', { ...at(checkoutId), body: { reason } })),
  )
  const told = useTold(request.error)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    request.mutate(undefined)
  }
  if (isAsked) {
    return (
      <p className="notice" data-tone="good" role="status">
        ✓ {text('personAsked')}
      </p>
    )
  }
  return (
    <form className="card" onSubmit={submit}>
      <h2>{text('personTitle')}</h2>
      <p className="soft">{text('personWhy')}</p>
      <div className="field">
        <label htmlFor={id}>{text('personReason')}</label>
        <textarea
          id={id}
          rows={3}
          maxLength={REASON_LENGTH_MAX}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </div>
      {request.isError && <RefusalNotice error={request.error} told={told} />}
      <button type="submit" className="button" data-wide disabled={request.isPending || reason.trim() === ''}>
        {text('personAsk')}
      </button>
    </form>
  )
}
