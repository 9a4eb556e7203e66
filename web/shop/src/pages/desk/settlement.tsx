import { ask, Asked, Day, Money, useText } from '@fenqi/ui'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from 'react-router'
import { merchant } from '../../api'
import { desk } from '../../texts/desk'

/** One settlement, line by line. */
export function SettlementPage() {
  const { settlementId = '' } = useParams()
  const text = useText(desk)
  const settlement = useQuery({
    queryKey: ['desk', 'settlement', settlementId],
    queryFn: () =>
      ask(merchant.GET('/v1/settlements/{settlement_id}', { params: { path: { settlement_id: settlementId } } })),
  })
  return (
    <>
      <Link to="/desk/settlements" className="back">
        {text('backToSettlements')}
      </Link>
      <h1>{text('settlement')}</h1>
      <Asked query={settlement} isEmpty={(found) => found.items.length === 0} empty={text('noItems')}>
        {(found) => (
          <div className="panel wide" tabIndex={0} role="region" aria-label={text('settlement')}>
            <table>
              <thead>
                <tr>
                  <th scope="col">{text('number')}</th>
                  <th scope="col">{text('kind')}</th>
                  <th scope="col">{text('on')}</th>
                  <th scope="col" className="figure">
                    {text('money')}
                  </th>
                </tr>
              </thead>
              <tbody>
                {found.items.map((item) => (
                  <tr key={`${item.checkout_id}:${item.kind}:${item.effective_on}:${item.amount_minor}`}>
                    <th scope="row">
                      <Link to={`/desk/orders/${item.checkout_id}`}>{item.order_number}</Link>
                    </th>
                    <td>{text(`kind_${item.kind}`)}</td>
                    <td>
                      <Day on={item.effective_on} />
                    </td>
                    <td className="figure">
                      <Money minor={item.amount_minor} currency={item.currency} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Asked>
    </>
  )
}
