import { RefusalNotice, useText, type Shape } from '@fenqi/ui'
import { credit } from '../../texts/credit'
import { useTold } from '../../texts/refusal'
import type { Paying } from './paying'

/** What became of a payment, or that it is not known yet and can be asked again without paying twice. */
export function Paid({ paying }: { paying: Paying }) {
  const text = useText(credit)
  const { pay, lost, again } = paying
  const told = useTold(pay.error)
  if (lost) {
    return (
      <section className="notice" data-tone="warn" role="alert">
        <p>{text('lost')}</p>
        <button type="button" className="button" onClick={() => again(lost)}>
          {text('payAgain')}
        </button>
      </section>
    )
  }
  return (
    <>
      {pay.data && <Outcome payment={pay.data} />}
      {pay.isError && <RefusalNotice error={pay.error} told={told} />}
    </>
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
