import { Badge, Day, Money, useText, type Shape } from '@fenqi/ui'
import type { ReactNode } from 'react'
import { Lines } from '../../parts/lines'
import { loanChange } from '../../texts/loan_change'
import { accountNames } from '../../texts/names'

type Preview = Shape['ChangePreviewShape']
type Standing = Shape['StandingShape']

/** What a change would do: the loan before and after, the instalments that change, the legs that would be posted. */
export function PreviewShown({ preview }: { preview: Preview }) {
  const text = useText(loanChange)
  return (
    <div className="ask" role="status">
      <h3>{text('previewed')}</h3>
      <Standings preview={preview} />
      <h3>{text('rows')}</h3>
      <Rows preview={preview} />
      <h3>{text('legs')}</h3>
      <Legs preview={preview} />
      <p className="notice" data-tone={preview.needs_second ? 'warn' : 'calm'}>
        {text(preview.needs_second ? 'needsSecond' : 'alone')}
      </p>
    </div>
  )
}

function Standings({ preview }: { preview: Preview }) {
  const text = useText(loanChange)
  const money = (minor: number) => <Money minor={minor} currency={preview.currency} />
  const lines: [string, (standing: Standing) => ReactNode][] = [
    [text('status'), (standing) => <Badge kind="loan" status={standing.status} />],
    [text('principal'), (standing) => money(standing.outstanding.principal_minor)],
    [text('interest'), (standing) => money(standing.outstanding.interest_minor)],
    [text('fee'), (standing) => money(standing.outstanding.fee_minor)],
    [text('penalty'), (standing) => money(standing.outstanding.penalty_minor)],
    [text('outstanding'), (standing) => money(standing.outstanding.total_minor)],
    [text('overdue'), (standing) => money(standing.overdue.total_minor)],
    [text('payoff'), (standing) => money(standing.payoff_minor)],
    [text('overpaid'), (standing) => money(standing.overpaid_minor)],
    [text('dpd'), (standing) => standing.days_past_due],
    [text('nextDue'), (standing) => (standing.next_due_on ? <Day on={standing.next_due_on} /> : null)],
    [text('chargedOff'), (standing) => (standing.charged_off_on ? <Day on={standing.charged_off_on} /> : null)],
  ]
  return (
    <Lines<{ name: string; show: (standing: Standing) => ReactNode }>
      label={text('previewed')}
      rows={lines.map(([name, show]) => ({ name, show }))}
      rowKey={(row) => row.name}
      columns={[
        { key: 'name', title: text('component'), show: (row) => row.name },
        { key: 'before', title: text('before'), figure: true, show: (row) => row.show(preview.before) },
        { key: 'after', title: text('after'), figure: true, show: (row) => row.show(preview.after) },
      ]}
    />
  )
}

function Rows({ preview }: { preview: Preview }) {
  const text = useText(loanChange)
  const due = (row: Shape['Instalment'] | null) => row && <Day on={row.due_on} />
  const left = (row: Shape['Instalment'] | null) =>
    row && <Money minor={row.outstanding_minor} currency={preview.currency} />
  return (
    <Lines<Shape['RowChange']>
      label={text('rows')}
      rows={preview.rows}
      empty={text('noRows')}
      rowKey={(row) => String(row.instalment)}
      columns={[
        { key: 'instalment', title: text('instalment'), figure: true, show: (row) => row.instalment },
        { key: 'due_before', title: `${text('dueOn')} · ${text('before')}`, show: (row) => due(row.before) },
        { key: 'due_after', title: `${text('dueOn')} · ${text('after')}`, show: (row) => due(row.after) },
        { key: 'left_before', title: text('before'), figure: true, show: (row) => left(row.before) },
        { key: 'left_after', title: text('after'), figure: true, show: (row) => left(row.after) },
      ]}
    />
  )
}

function Legs({ preview }: { preview: Preview }) {
  const text = useText(loanChange)
  const account = useText(accountNames)
  return (
    <Lines<Shape['PreviewLeg'] & { at: number }>
      label={text('legs')}
      rows={preview.legs.map((leg, at) => ({ ...leg, at }))}
      empty={text('noLegs')}
      rowKey={(leg) => String(leg.at)}
      columns={[
        { key: 'kind', title: text('kind'), show: (leg) => <code>{leg.kind}</code> },
        { key: 'debit', title: text('debit'), show: (leg) => account(leg.debit) },
        { key: 'credit', title: text('credit'), show: (leg) => account(leg.credit) },
        {
          key: 'amount',
          title: text('total'),
          figure: true,
          show: (leg) => <Money minor={leg.amount_minor} currency={preview.currency} />,
        },
      ]}
    />
  )
}
