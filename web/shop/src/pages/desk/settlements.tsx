import { ask, Asked, Day, Money, useText, type Shape } from '@fenqi/ui'
import { useQuery } from '@tanstack/react-query'
import { Link, useSearchParams } from 'react-router'
import { merchant } from '../../api'
import { desk } from '../../texts/desk'
import { Pager } from './pager'

const AMOUNTS = ['items', 'carriedIn', 'paid', 'carriedOut'] as const
const FIELDS = {
  items: 'items_minor',
  carriedIn: 'carried_in_minor',
  paid: 'paid_minor',
  carriedOut: 'carried_out_minor',
} as const

/** What the merchant was paid, newest first. */
export function SettlementsPage() {
  const text = useText(desk)
  const [search] = useSearchParams()
  const before_on = search.get('before_on') ?? undefined
  const query = { limit: 20, ...(before_on && { before_on }) }
  const settlements = useQuery({
    queryKey: ['desk', 'settlements', query],
    queryFn: () => ask(merchant.GET('/v1/settlements', { params: { query } })),
  })
  return (
    <>
      <h1>{text('settlements')}</h1>
      <Asked query={settlements} isEmpty={(found) => found.settlements.length === 0} empty={text('noSettlements')}>
        {(found) => (
          <>
            <Settlements settlements={found.settlements} />
            <Pager next={found.next_before_on ? { before_on: found.next_before_on } : null} isFirst={!before_on} />
          </>
        )}
      </Asked>
    </>
  )
}

function Settlements({ settlements }: { settlements: Shape['SettlementLine'][] }) {
  const text = useText(desk)
  return (
    <div className="panel wide" tabIndex={0} role="region" aria-label={text('settlements')}>
      <table>
        <thead>
          <tr>
            <th scope="col">{text('until')}</th>
            {AMOUNTS.map((name) => (
              <th key={name} scope="col" className="figure">
                {text(name)}
              </th>
            ))}
            <th scope="col" className="figure">
              {text('count')}
            </th>
          </tr>
        </thead>
        <tbody>
          {settlements.map((settlement) => (
            <tr key={settlement.settlement_id}>
              <th scope="row">
                <Link to={`/desk/settlements/${settlement.settlement_id}`}>
                  <Day on={settlement.until_on} />
                </Link>
              </th>
              {AMOUNTS.map((name) => (
                <td key={name} className="figure">
                  <Money minor={settlement[FIELDS[name]]} currency={settlement.currency} />
                </td>
              ))}
              <td className="figure">{settlement.item_count}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
