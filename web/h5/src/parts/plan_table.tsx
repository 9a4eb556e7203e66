import { amount, Day, useLanguage, useText, type Shape } from '@fenqi/ui'
import { app } from '../texts/app'

/** A repayment table, line by line. */
export function PlanTable({ rows }: { rows: Shape['PlanRow'][] }) {
  const text = useText(app)
  const { language } = useLanguage()
  const isCostly = rows.some((row) => row.interest_minor > 0 || row.fee_minor > 0)
  return (
    <div className="scroll" tabIndex={0} role="region" aria-label={text('table')}>
      <table className="plan">
        <caption className="unseen">{text('table')}</caption>
        <thead>
          <tr>
            <th scope="col">{text('instalment')}</th>
            <th scope="col">{text('dueOn')}</th>
            <th scope="col" className="figure">{text('principal')}</th>
            {isCostly && <th scope="col" className="figure">{text('cost')}</th>}
            <th scope="col" className="figure">{text('toPay')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.instalment}>
              <td>{row.instalment}</td>
              <td>
                <Day on={row.due_on} />
              </td>
              <td className="figure">{amount(row.principal_minor, language)}</td>
              {isCostly && <td className="figure">{amount(row.interest_minor, language)}</td>}
              <td className="figure">{amount(row.total_minor, language)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
