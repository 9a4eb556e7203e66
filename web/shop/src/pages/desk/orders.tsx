import { ask, Asked, Badge, Instant, LOOKS, Money, statusTexts, useText, type Shape } from '@fenqi/ui'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link, useSearchParams } from 'react-router'
import { merchant } from '../../api'
import { desk } from '../../texts/desk'
import { Pager } from './pager'

type State = Shape['PurchaseState']
const STATES = Object.keys(LOOKS.purchase) as State[]

/** The merchant's orders, newest first; state and place in the list are in the address. */
export function OrdersPage() {
  const text = useText(desk)
  const statuses = useText(statusTexts)
  const [search, setSearch] = useSearchParams()
  const state = STATES.find((known) => known === search.get('state'))
  const before_at = search.get('before_at') ?? undefined
  const before_id = search.get('before_id') ?? undefined
  const query = { limit: 20, ...(state && { state }), ...(before_at && before_id && { before_at, before_id }) }
  const orders = useQuery({
    queryKey: ['desk', 'orders', query],
    queryFn: () => ask(merchant.GET('/v1/checkouts', { params: { query } })),
    placeholderData: keepPreviousData,
  })
  return (
    <>
      <div className="desk-title">
        <h1>{text('orders')}</h1>
        <select
          aria-label={text('state')}
          value={state ?? ''}
          onChange={(event) => setSearch(event.target.value ? { state: event.target.value } : {})}
        >
          <option value="">{text('anyState')}</option>
          {STATES.map((each) => (
            <option key={each} value={each}>
              {statuses(`purchase_${each}`)}
            </option>
          ))}
        </select>
      </div>
      <Asked
        query={orders}
        isEmpty={(found) => found.checkouts.length === 0}
        empty={text(state || before_at ? 'none' : 'noneYet')}
      >
        {(found) => (
          <>
            <Orders orders={found.checkouts} />
            <Pager next={found.next} isFirst={!before_at} />
          </>
        )}
      </Asked>
    </>
  )
}

function Orders({ orders }: { orders: Shape['MerchantCheckout'][] }) {
  const text = useText(desk)
  return (
    <div className="panel wide" tabIndex={0} role="region" aria-label={text('orders')}>
      <table>
        <thead>
          <tr>
            <th scope="col">{text('number')}</th>
            <th scope="col">{text('status')}</th>
            {(['amount', 'authorised', 'captured', 'refunded'] as const).map((name) => (
              <th key={name} scope="col" className="figure">
                {text(name)}
              </th>
            ))}
            <th scope="col">{text('created')}</th>
          </tr>
        </thead>
        <tbody>
          {orders.map((order) => (
            <tr key={order.checkout_id}>
              <th scope="row">
                <Link to={`/desk/orders/${order.checkout_id}`}>{order.order_number}</Link>
              </th>
              <td>
                <Badge kind="purchase" status={order.status} />
              </td>
              {(['amount_minor', 'authorised_minor', 'captured_minor', 'refunded_minor'] as const).map((name) => (
                <td key={name} className="figure">
                  <Money minor={order[name]} currency={order.currency} />
                </td>
              ))}
              <td>
                <Instant at={order.created_at} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
