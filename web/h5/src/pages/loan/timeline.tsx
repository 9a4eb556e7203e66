import { Day, day, money, useLanguage, useText, type Shape } from '@fenqi/ui'
import { useHappened } from '@fenqi/ui/loan'
import { credit } from '../../texts/credit'
import { PARTS } from './parts'

/** What changed on the loan and why, each event in a sentence, the latest first. */
export function Timeline({ loan }: { loan: Shape['LoanShape'] }) {
  const text = useText(credit)
  if (loan.timeline.length === 0) return null
  return (
    <section className="card" aria-label={text('happened')}>
      <h2>{text('happened')}</h2>
      <ol className="happened" reversed>
        {[...loan.timeline].reverse().map((effect) => (
          <Happened key={`${effect.event_id}${effect.what}${effect.on}`} effect={effect} currency={loan.currency} />
        ))}
      </ol>
    </section>
  )
}

function Happened({ effect, currency }: { effect: Shape['Effect']; currency: string }) {
  const text = useText(credit)
  const { sentence } = useHappened()
  const { language } = useLanguage()
  const amount = (minor: number) => money(minor, language, currency)
  const parts = PARTS.filter((part) => effect.parts[`${part}_minor`] > 0)
  const isMoney = effect.parts.total_minor > 0 && effect.what !== 'late' && effect.what !== 'charge_off'
  return (
    <li data-undone={effect.undone_on ? true : undefined}>
      <Day on={effect.on} />
      <p>{sentence(effect, currency)}</p>
      {isMoney && (
        <small className="soft">
          {text('discharged', {
            parts: parts.map((part) => `${text(`part_${part}`)} ${amount(effect.parts[`${part}_minor`])}`).join(' · '),
          })}
        </small>
      )}
      {effect.balance_minor !== null && (
        <small className="soft">{text('balanceAfter', { amount: amount(effect.balance_minor) })}</small>
      )}
      {effect.undone_on && <small>{text('undone', { on: day(effect.undone_on, language) })}</small>}
    </li>
  )
}
