import { Money, Rate, useText, type Shape } from '@fenqi/ui'
import { shop } from '../../texts/shop'

type Plans = { plans: Shape['ListedPlanShape'][]; currency: string; lender: string }

/**
 * Every plan at list price: each instalment, what it costs in all and a year, and what is repaid. The roles are
 * spelled out because a phone stacks the cells, and what is not laid out as a table is not read out as one.
 */
export function Plans({ plans, currency, lender }: Plans) {
  const text = useText(shop)
  if (plans.length === 0) return null
  return (
    <section className="panel plans" aria-labelledby="plans">
      <h2 id="plans">{text('plans')}</h2>
      <p className="notice">{text('plansHelp')}</p>
      <div className="wide" tabIndex={0} role="region" aria-labelledby="plans">
        <table role="table">
          <thead role="rowgroup">
            <tr role="row">
              <th scope="col" role="columnheader">{text('tenor')}</th>
              <th scope="col" role="columnheader" className="figure">
                {text('instalment')}
              </th>
              <th scope="col" role="columnheader" className="figure">
                {text('annual')}
              </th>
              <th scope="col" role="columnheader" className="figure">
                {text('cost')}
              </th>
              <th scope="col" role="columnheader" className="figure">
                {text('total')}
              </th>
            </tr>
          </thead>
          <tbody role="rowgroup">
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
    <tr role="row">
      <th scope="row" role="rowheader">
        {plan.tenor === 1 ? text('tenorOne') : text('tenorCount', { count: plan.tenor })}
        {plan.is_interest_free && (
          <>
            <span className="tag">{text('free')}</span>
            <small className="soft">{text(plan.interest_paid_by ? 'freeBrand' : 'freeNobody')}</small>
          </>
        )}
      </th>
      <td role="cell" className="figure strong" data-name={text('instalment')}>
        <Money minor={plan.instalment_minor_max} currency={currency} />
      </td>
      <td role="cell" className="figure strong" data-name={text('annual')}>
        <Rate inPercent={plan.irr_nominal} />
      </td>
      <td role="cell" className="figure" data-name={text('cost')}>
        <Money minor={plan.cost_minor} currency={currency} />
      </td>
      <td role="cell" className="figure" data-name={text('total')}>
        <Money minor={plan.total_minor} currency={currency} />
      </td>
    </tr>
  )
}
