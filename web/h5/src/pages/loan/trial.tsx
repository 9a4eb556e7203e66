import { amount, Day, Money, useLanguage, useText, type Shape } from '@fenqi/ui'
import { app } from '../../texts/app'
import { credit } from '../../texts/credit'
import { PARTS } from './parts'

/** What a payment that nobody has made yet would go to, save and leave. */
export function Trial({ trial }: { trial: Shape['WhatIfShape'] }) {
  const text = useText(credit)
  const money = (minor: number) => <Money minor={minor} currency={trial.currency} />
  const { after } = trial
  return (
    <div className="stack" role="status">
      {trial.pays_off && (
        <p>
          {text('whatIfAmount')} <strong>{money(trial.amount_minor)}</strong>
        </p>
      )}
      <h3>{text('goesTo')}</h3>
      <dl className="figures">
        {PARTS.filter((part) => trial.parts[`${part}_minor`] > 0).map((part) => (
          <div key={part}>
            <dt>{text(`part_${part}`)}</dt>
            <dd>{money(trial.parts[`${part}_minor`])}</dd>
          </div>
        ))}
        {trial.overpaid_minor > 0 && (
          <div>
            <dt>{text('part_overpaid')}</dt>
            <dd>{money(trial.overpaid_minor)}</dd>
          </div>
        )}
        <div>
          <dt>{text('saved')}</dt>
          <dd>{money(trial.saved_minor)}</dd>
        </div>
      </dl>
      <h3>{text('afterwards')}</h3>
      {after.outstanding.total_minor === 0 && <p>✓ {text('nothingLeft')}</p>}
      {after.outstanding.total_minor > 0 && (
        <dl className="figures">
          <div>
            <dt>{text('leftAfter')}</dt>
            <dd>{money(after.outstanding.total_minor)}</dd>
          </div>
          {after.next_due_on && (
            <div>
              <dt>
                {text('nextAfter')} <Day on={after.next_due_on} />
              </dt>
              <dd>{money(after.next_due_minor)}</dd>
            </div>
          )}
        </dl>
      )}
      {!trial.pays_off && trial.rows.length > 0 && <Changed rows={trial.rows} />}
    </div>
  )
}

function Changed({ rows }: { rows: Shape['RowChange'][] }) {
  const text = useText(credit)
  const around = useText(app)
  const { language } = useLanguage()
  const left = (row: Shape['Instalment'] | null) => (row ? amount(row.outstanding_minor, language) : '')
  return (
    <details className="fold">
      <summary>{text('changedRows')}</summary>
      <table className="plan">
        <caption className="unseen">{text('changedRows')}</caption>
        <thead>
          <tr>
            <th scope="col">{around('instalment')}</th>
            <th scope="col" className="figure">{text('rowNow')}</th>
            <th scope="col" className="figure">{text('rowThen')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.instalment}>
              <td>{row.instalment}</td>
              <td className="figure">{left(row.before)}</td>
              <td className="figure">{left(row.after)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}
