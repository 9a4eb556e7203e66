import { ask, Asked, Badge, Instant, Money, useLanguage, useText, type Shape } from '@fenqi/ui'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Link, useParams } from 'react-router'
import { api } from '../../api'
import { order } from '../../texts/order'
import { PhonePicture } from '../phone/picture'
import { OrderSteps } from './steps'

const ASK_AGAIN_MS = 4_000
const OVER = new Set<Shape['PurchaseState']>(['captured', 'voided', 'expired'])
const AT_THE_LENDERS = new Set<Shape['PurchaseState']>([
  'created',
  'identified',
  'approved',
  'referred',
  'challenged',
  'frozen',
  'declined',
  'planned',
  'disclosed',
])

/** An order and how it stands; asked again and again until nothing more will come of it. */
export function OrderPage() {
  const { checkoutId = '' } = useParams()
  const text = useText(order)
  const shown = useQuery({
    queryKey: ['order', checkoutId],
    queryFn: () => ask(api.GET('/shop/orders/{checkout_id}', { params: { path: { checkout_id: checkoutId } } })),
    refetchInterval: (query) => (query.state.data && OVER.has(query.state.data.status) ? false : ASK_AGAIN_MS),
  })
  return (
    <>
      <title>{text('order')}</title>
      <h1>{text('order')}</h1>
      <Asked query={shown}>{(found) => <Order order={found} />}</Asked>
    </>
  )
}

function Order({ order: shown }: { order: Shape['OrderShape'] }) {
  const text = useText(order)
  const isRefunded = shown.captured_minor > 0 && shown.refunded_minor === shown.captured_minor
  return (
    <div className="order">
      <section className="panel">
        <OrderSteps status={shown.status} />
        <p role="status" className="notice" data-tone={shown.status === 'captured' ? 'good' : undefined}>
          {text(isRefunded ? 'told_refunded' : `told_${shown.status}`)}
        </p>
        <Ways order={shown} />
      </section>
      <section className="panel" aria-label={text('goods')}>
        {shown.goods.map((good) => (
          <div className="good" key={good.sku}>
            <PhonePicture sku={good.sku} name="" />
            <div>
              <strong>{good.name}</strong>
              <span className="soft">{text('one')}</span>
            </div>
            <Money minor={good.price_minor} currency={shown.currency} />
          </div>
        ))}
        <Facts order={shown} />
      </section>
    </div>
  )
}

function Facts({ order: shown }: { order: Shape['OrderShape'] }) {
  const text = useText(order)
  return (
    <dl className="facts">
      <Fact name={text('number')}>{shown.order_number}</Fact>
      <Fact name={text('order')}>
        <Badge kind="purchase" status={shown.status} />
      </Fact>
      <Fact name={text('placed')}>
        <Instant at={shown.created_at} />
      </Fact>
      {AT_THE_LENDERS.has(shown.status) && (
        <Fact name={text('until')}>
          <Instant at={shown.expires_at} />
        </Fact>
      )}
      <Fact name={text('amount')}>
        <Money minor={shown.amount_minor} currency={shown.currency} />
      </Fact>
      {shown.captured_minor > 0 && (
        <Fact name={text('delivered')}>
          <Money minor={shown.captured_minor} currency={shown.currency} />
        </Fact>
      )}
      {shown.refunded_minor > 0 && (
        <Fact name={text('refunded')}>
          <Money minor={shown.refunded_minor} currency={shown.currency} />
        </Fact>
      )}
    </dl>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function Ways({ order: shown }: { order: Shape['OrderShape'] }) {
  const text = useText(order)
  const { language } = useLanguage()
  return (
    <div className="ways">
      {AT_THE_LENDERS.has(shown.status) && (
        <a className="button" href={`${shown.checkout_url}?lang=${language}`}>
          {text('goOn')}
        </a>
      )}
      {shown.status === 'captured' && (
        <a className="button" href="/h5">
          {text('credit')}
        </a>
      )}
      {shown.status === 'authorised' && (
        <Link className="button" data-look="quiet" to={`/desk/orders/${shown.checkout_id}`}>
          {text('desk')}
        </Link>
      )}
      <Link className="button" data-look="quiet" to="/">
        {text('again')}
      </Link>
    </div>
  )
}
