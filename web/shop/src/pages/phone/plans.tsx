import { Money, Rate, useText, type Shape } from '@fenqi/ui'
import { shop } from '../../texts/shop'

type Plans = { plans: Shape['ListedPlanShape'][]; currency: string; lender: string }

/** Every plan at list price: each instalment, what it costs in all and a year, and what is repaid. */
export function Plans({ plans, currency, lender }: Plans) {
  const text = useText(shop)
  if (plans.length === 0) return null
  return (
    <section className="panel plans" aria-labelledby="plans">
      <h2 id="plans">{text('plans')}</h2>
      <p className="notice">{text('plansHelp')}</p>
      <div className="wide" tabIndex={0} role="region" aria-labelledby="plans">
        <table>
          <thead>
            <tr>
              <th scope="col">{text('tenor')}</th>
              <th scope="col" className="figure">
                {text('instalment')}
              </th>
              <th scope="col" className="figure">
                {text('annual')}
              </th>
              <th scope="col" className="figure">
                {text('cost')}
              </th>
              <th scope="col" className="figure">
                {text('total')}
              </th>
            </tr>
          </thead>
          <tbody>
            {plans.map((plan) => (
              <Row key={`${plan.product_id}:${plan.tenor}`} plan={plan} currency={currency} />
            ))}
          </tbody>
        </table>
      </div>
      <p className="soft">{text('lentBy', { lender })}</p>
    </section>
  )
}

function Row({ plan, currency }: { plan: Shape['ListedPlanShape']; currency: string }) {
  const text = useText(shop)
  return (
    <tr>
      <th scope="row">
        {plan.tenor === 1 ? text('tenorOne') : text('tenorCount', { count: plan.tenor })}
        {plan.is_interest_free && (
          <>
            <span className="tag">{text('free')}</span>
            <small className="soft">{text(plan.interest_paid_by ? 'freeBrand' : 'freeNobody')}</small>
          </>
        )}
      </th>
      <td className="figure strong">
        <Money minor={plan.instalment_minor_max} currency={currency} />
      </td>
      <td className="figure strong">
        <Rate inPercent={plan.irr_nominal} />
      </td>
      <td className="figure">
        <Money minor={plan.cost_minor} currency={currency} />
      </td>
      <td className="figure">
        <Money minor={plan.total_minor} currency={currency} />
      </td>
    </tr>
  )
}
