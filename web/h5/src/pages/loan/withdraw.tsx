import { day, money, useLanguage, useText, type Shape } from '@fenqi/ui'
import { credit } from '../../texts/credit'
import type { Paying } from './paying'

type Asked = { withdrawal: Shape['WithdrawalShape']; currency: string; paying: Paying }

/** Withdraw within the cooling-off term, in one step. */
export function Withdraw({ withdrawal, currency, paying }: Asked) {
  const text = useText(credit)
  const { language } = useLanguage()
  return (
    <section className="card" aria-label={text('withdraw')}>
      <h2>{text('withdraw')}</h2>
      <p>
        {text('withdrawUntil', { until: day(withdrawal.until_on, language) })} {text(`withdraw_${withdrawal.cost}`)}
      </p>
      <button
        type="button"
        className="button"
        data-look="quiet"
        data-wide
        disabled={paying.pay.isPending}
        onClick={() => paying.withdraw()}
      >
        {withdrawal.amount_minor > 0
          ? text('withdrawNow', { amount: money(withdrawal.amount_minor, language, currency) })
          : text('withdrawPaid')}
      </button>
    </section>
  )
}
