import { Instant, Money, useText, type Shape } from '@fenqi/ui'
import { desk } from '../../texts/desk'

/** What was given back of an order, oldest first. */
export function Refunds({ refunds }: { refunds: Shape['RefundShape'][] }) {
  const text = useText(desk)
  return (
    <section className="panel refunds" aria-labelledby="refunds">
      <h2 id="refunds">{text('refunds')}</h2>
      {refunds.length === 0 ? (
        <p className="soft">{text('noRefunds')}</p>
      ) : (
        <div className="wide" tabIndex={0} role="region" aria-labelledby="refunds">
          <table>
            <thead>
              <tr>
                <th scope="col">{text('when')}</th>
                <th scope="col">{text('reason')}</th>
                <th scope="col" className="figure">
                  {text('refunded')}
                </th>
              </tr>
            </thead>
            <tbody>
              {refunds.map((refund) => (
                <tr key={refund.refund_id}>
                  <td>
                    <Instant at={refund.refunded_at} />
                  </td>
                  <td>{refund.reason}</td>
                  <td className="figure">
                    <Money minor={refund.amount_minor} currency={refund.currency} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  )
}
