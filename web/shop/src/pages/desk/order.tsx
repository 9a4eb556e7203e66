import { ask, Asked, Badge, Instant, Money, useText, type Shape } from '@fenqi/ui'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link, useParams } from 'react-router'
import { merchant } from '../../api'
import { desk } from '../../texts/desk'
import { Capture } from './capture'
import { Refund } from './refund'
import { Refunds } from './refunds'
import { Void } from './void'

const AMOUNTS = ['amount', 'authorised', 'captured', 'refunded', 'refundable'] as const
type Done = 'capture' | 'void' | 'refund'

/** One order with its amounts and refunds, and what can be done with it now. */
export function DeskOrderPage() {
  const { checkoutId = '' } = useParams()
  const text = useText(desk)
  const order = useQuery({
    queryKey: ['desk', 'order', checkoutId],
    queryFn: () => ask(merchant.GET('/v1/checkouts/{checkout_id}', { params: { path: { checkout_id: checkoutId } } })),
  })
  return (
    <>
      <Link to="/desk" className="back">
        {text('backToOrders')}
      </Link>
      <Asked query={order}>{(found) => <DeskOrder order={found} />}</Asked>
    </>
  )
}

function DeskOrder({ order }: { order: Shape['RefundedCheckout'] }) {
  const text = useText(desk)
  const [done, setDone] = useState<Done | null>(null)
  const isSigned = order.capturable_minor > 0
  const isRefundable = order.refundable_minor > 0
  return (
    <>
      <h1>{order.order_number}</h1>
      <div role="status">
        {done && (
          <p className="notice" data-tone="good">
            ✓ {text(`done_${done}`)}
          </p>
        )}
      </div>
      <div className="desk-order">
        <Facts order={order} />
        {isSigned && <Capture order={order} told={() => setDone('capture')} />}
        {isSigned && <Void order={order} told={() => setDone('void')} />}
        {isRefundable && <Refund order={order} told={() => setDone('refund')} />}
        {!isSigned && !isRefundable && <p className="panel soft">{text('nothingToDo')}</p>}
        <Refunds refunds={order.refunds} />
      </div>
    </>
  )
}

function Facts({ order }: { order: Shape['MerchantCheckout'] }) {
  const text = useText(desk)
  return (
    <section className="panel" aria-label={text('status')}>
      <Badge kind="purchase" status={order.status} />
      <dl className="facts">
        {AMOUNTS.map((name) => (
          <div key={name}>
            <dt>{text(name)}</dt>
            <dd>
              <Money minor={order[`${name}_minor`]} currency={order.currency} />
            </dd>
          </div>
        ))}
        <div>
          <dt>{text('created')}</dt>
          <dd>
            <Instant at={order.created_at} />
          </dd>
        </div>
        <div>
          <dt>{text('expires')}</dt>
          <dd>
            <Instant at={order.expires_at} />
          </dd>
        </div>
      </dl>
    </section>
  )
}
