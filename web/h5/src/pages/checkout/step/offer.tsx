import { ask, Asked, Day, Money, Rate, useText, type Shape } from '@fenqi/ui'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { PlanTable } from '../../../parts/plan_table'
import { api } from '../../../session'
import { checkout } from '../../../texts/checkout'

type Offer = {
  checkoutId: string
  offer: Shape['Offer']
  isChosen: boolean
  isBusy: boolean
  choose: () => void
}

/** One plan: what each instalment is, and as large beside it what the plan costs a year. */
export function OfferCard({ checkoutId, offer, isChosen, isBusy, choose }: Offer) {
  const text = useText(checkout)
  const [isOpen, setOpen] = useState(false)
  const isFree = offer.cost_minor === 0
  const title = text('tenor', { count: offer.tenor })
  return (
    <article className="card offer">
      <h2>
        {title}
        {isFree && <span className="badge" data-tone="good">{text('free')}</span>}
        {isChosen && <span className="badge" data-tone="busy">{text('chosen')}</span>}
      </h2>
      <dl className="figures">
        <div className="large">
          <dt>{text(offer.tenor === 1 ? 'totalAll' : 'perMax')}</dt>
          <dd>
            <Money minor={offer.instalment_minor_max} />
          </dd>
        </div>
        <div className="large">
          <dt>{text('annual')}</dt>
          <dd>
            <Rate inPercent={offer.irr_nominal} />
          </dd>
        </div>
        <div>
          <dt>{text('costAll')}</dt>
          <dd>
            <Money minor={offer.cost_minor} />
          </dd>
        </div>
        <div>
          <dt>{text('totalAll')}</dt>
          <dd>
            <Money minor={offer.total_minor} />
          </dd>
        </div>
        <div>
          <dt>{text('firstDue')}</dt>
          <dd>
            <Day on={offer.first_due_on} />
          </dd>
        </div>
      </dl>
      {offer.billing === 'bill' && <p className="soft">{text('onBillDay')}</p>}
      {offer.cooling_off_days ? <p className="soft">{text('coolingOff', { days: offer.cooling_off_days })}</p> : null}
      {isFree && <p className="soft">{text('freeWhy')}</p>}
      <div className="row">
        <button
          type="button"
          className="button"
          data-look="plain"
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          {text(isOpen ? 'hideTable' : 'showTable')}
          <span className="unseen">{title}</span>
        </button>
        <button type="button" className="button" disabled={isBusy} onClick={choose}>
          {text('choose')}
          <span className="unseen">{title}</span>
        </button>
      </div>
      {isOpen && <Table checkoutId={checkoutId} offerId={offer.offer_id} />}
    </article>
  )
}

function Table({ checkoutId, offerId }: { checkoutId: string; offerId: string }) {
  const plan = useQuery({
    queryKey: ['offer', checkoutId, offerId],
    queryFn: () =>
      ask(
        api.GET('/h5/checkouts/{checkout_id}/offers/{offer_id}', {
          params: { path: { checkout_id: checkoutId, offer_id: offerId } },
        }),
      ),
  })
  return <Asked query={plan}>{(found) => <PlanTable rows={found.rows} />}</Asked>
}
