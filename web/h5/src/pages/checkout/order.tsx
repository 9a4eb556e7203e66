import { instant, Money, useLanguage, useText, type Shape } from '@fenqi/ui'
import { checkout as texts } from '../../texts/checkout'

const OPEN = new Set(['created', 'identified', 'approved', 'planned', 'disclosed'])

/** What is being bought, from whom, and until when. */
export function Order({ checkout }: { checkout: Shape['CheckoutShape'] }) {
  const text = useText(texts)
  const { language } = useLanguage()
  return (
    <section className="card order" aria-label={text('order')}>
      <div className="row">
        <span className="soft">{language === 'en' ? checkout.merchant.en : checkout.merchant.zh}</span>
        <strong className="order-amount">
          <Money minor={checkout.amount_minor} currency={checkout.currency} />
        </strong>
      </div>
      {checkout.goods.map((good) => (
        <div key={good.sku}>
          {good.name} {text('quantity', { count: good.quantity })}
        </div>
      ))}
      {OPEN.has(checkout.status) && (
        <small className="soft">{text('until', { at: instant(checkout.expires_at, language) })}</small>
      )}
    </section>
  )
}
