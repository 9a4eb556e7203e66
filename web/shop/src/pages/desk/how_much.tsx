import { Field, minorOf, money, useLanguage, useText } from '@fenqi/ui'
import { desk } from '../../texts/desk'

/** All of it, or the part that somebody types. */
export type Chosen = { isPart: boolean; typed: string }

type HowMuch = {
  all_minor: number
  currency: string
  chosen: Chosen
  choose: (chosen: Chosen) => void
  isTold: boolean
}

/** All of an amount, or a part of it that somebody types. */
export function HowMuch({ all_minor, currency, chosen, choose, isTold }: HowMuch) {
  const text = useText(desk)
  const { language } = useLanguage()
  return (
    <fieldset>
      <legend className="unseen">{text('money')}</legend>
      <label className="choice">
        <input type="radio" checked={!chosen.isPart} onChange={() => choose({ ...chosen, isPart: false })} />
        {text('all', { amount: money(all_minor, language, currency) })}
      </label>
      <label className="choice">
        <input type="radio" checked={chosen.isPart} onChange={() => choose({ ...chosen, isPart: true })} />
        {text('part')}
      </label>
      {chosen.isPart && (
        <Field
          label={text('money')}
          error={isTold && minorOf(chosen.typed) === null ? text('moneyWrong') : undefined}
          inputMode="decimal"
          value={chosen.typed}
          onChange={(event) => choose({ ...chosen, typed: event.target.value })}
        />
      )}
    </fieldset>
  )
}
