import { Money, Rate, useText, type Shape } from '@fenqi/ui'
import { shop } from '../../texts/shop'

type From = { plan: Shape['ListedPlanShape']; currency: string }

/** The lowest instalment and, as large beside it, what that plan costs a year. */
export function FromPlan({ plan, currency }: From) {
  const text = useText(shop)
  return (
    <span className="from">
      <span>
        <small>{text('perFrom')}</small>
        <b>
          <Money minor={plan.instalment_minor_max} currency={currency} />
          {text('from') && <i>{text('from')}</i>}
        </b>
        <small>{text('inTenor', { count: plan.tenor })}</small>
      </span>
      <span>
        <small>{text('annual')}</small>
        <b>
          <Rate inPercent={plan.irr_nominal} />
        </b>
      </span>
    </span>
  )
}
