import { Day, Money, useLanguage, useText, type Shape } from '@fenqi/ui'
import { limit as texts } from '../../texts/limit'

/** Limits beside the fixed one, each with its last day. */
export function Specials({ specials }: { specials: Shape['SpecialLimitOfMine'][] }) {
  const text = useText(texts)
  const { language } = useLanguage()
  return (
    <section className="card">
      <h2>{text('specials')}</h2>
      {specials.map((special) => (
        <p key={`${special.kind} ${special.until_on} ${special.amount_minor}`}>
          <strong>{text(special.kind)}</strong> <Money minor={special.amount_minor} currency={special.currency} />{' '}
          {special.merchant && text('onlyAt', { merchant: language === 'en' ? special.merchant.en : special.merchant.zh })}{' '}
          {special.goods_category && text('onlyFor', { goods: text(`goods_${special.goods_category}`) })}{' '}
          <span className="soft">
            {text('until')} <Day on={special.until_on} />
          </span>
        </p>
      ))}
    </section>
  )
}
