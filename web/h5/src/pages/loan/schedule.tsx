import { amount, Badge, day, Day, useLanguage, useText, type Shape } from '@fenqi/ui'
import { Fragment } from 'react'
import { app } from '../../texts/app'
import { credit } from '../../texts/credit'
import { PARTS } from './parts'

/** Every instalment with what is due, what was paid, and how it stands. */
export function Schedule({ loan }: { loan: Shape['LoanShape'] }) {
  const text = useText(credit)
  const around = useText(app)
  const { language } = useLanguage()
  return (
    <section className="card">
      <h2>{text('schedule')}</h2>
      <div className="scroll" tabIndex={0} role="region" aria-label={text('schedule')}>
        <table className="plan">
          <caption className="unseen">{text('schedule')}</caption>
          <thead>
            <tr>
              <th scope="col">{around('instalment')}</th>
              <th scope="col">{around('dueOn')}</th>
              <th scope="col" className="figure">{around('toPay')}</th>
              <th scope="col" className="figure">{text('paid')}</th>
              <th scope="col">{text('status')}</th>
            </tr>
          </thead>
          <tbody>
            {loan.instalments.map((each) => (
              <Fragment key={each.instalment}>
              <tr className="whole">
                <td>{each.instalment}</td>
                <td>
                  <Day on={each.due_on} />
                  {each.payable_until !== each.due_on && (
                    <small className="soft"> {text('payableUntil', { on: day(each.payable_until, language) })}</small>
                  )}
                </td>
                <td className="figure">{amount(each.due.total_minor, language)}</td>
                <td className="figure">{amount(each.paid.total_minor, language)}</td>
                <td>
                  <Badge kind="standing" status={each.standing} />
                </td>
              </tr>
              <tr className="parts">
                <td />
                <td colSpan={4} className="soft">
                  {partsOf(each)
                    .map(([part, due, paid]) =>
                      text(paid > 0 ? 'partPaid' : 'partDue', {
                        part: text(`part_${part}`),
                        due: amount(due, language),
                        paid: amount(paid, language),
                      }),
                    )
                    .join(' · ')}
                </td>
              </tr>
              </Fragment>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

/** The components of an instalment that there are, with what is due and what was paid of each. */
function partsOf(each: Shape['Instalment']) {
  return PARTS.map((part) => [part, each.due[`${part}_minor`], each.paid[`${part}_minor`]] as const).filter(
    ([, due, paid]) => due > 0 || paid > 0,
  )
}
