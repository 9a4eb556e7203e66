import { Money, useText } from '@fenqi/ui'
import { shop } from '../../texts/shop'

type PayNow = { price_minor: number; currency: string }

/** The payment tools, none of them a loan; the demo shop has none connected and says so. */
export function PayNow({ price_minor, currency }: PayNow) {
  const text = useText(shop)
  return (
    <section className="panel" aria-labelledby="pay-now">
      <h2 id="pay-now">{text('payNow')}</h2>
      <p className="tools">
        <span className="soft">{text('payNowHelp')}</span>
        <span className="tool">{text('payCard')}</span>
        <span className="tool">{text('payScan')}</span>
        <Money minor={price_minor} currency={currency} />
      </p>
      <p className="soft">{text('notConnected')}</p>
    </section>
  )
}
