import { useText, type Shape } from '@fenqi/ui'
import { order } from '../../texts/order'

const STEPS = ['ordered', 'signed', 'delivered'] as const

/** How far an order has come: ordered, signed, delivered. */
export function OrderSteps({ status }: { status: Shape['PurchaseState'] }) {
  const text = useText(order)
  const done = status === 'captured' ? 3 : status === 'authorised' ? 2 : 1
  return (
    <ol className="steps" aria-label={text('steps')}>
      {STEPS.map((step, place) => (
        <li key={step} data-done={place < done || undefined} aria-current={place === done ? 'step' : undefined}>
          <span aria-hidden="true" className="step-sign">
            {place < done ? '✓' : place + 1}
          </span>
          {text(`step_${step}`)}
          {place < done && <span className="unseen">{text('stepDone')}</span>}
        </li>
      ))}
    </ol>
  )
}
