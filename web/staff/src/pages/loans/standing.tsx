import { Badge, Day, Money, Percent, useText, type Shape } from '@fenqi/ui'
import type { ReactNode } from 'react'
import { Lines, type Column } from '../../parts/lines'
import { Pairs } from '../../parts/pairs'
import { Section } from '../../parts/section'
import { loanChange } from '../../texts/loan_change'

type Loan = Shape['StaffLoanShape']
type Component = 'principal' | 'interest' | 'fee' | 'penalty' | 'total'
const COMPONENTS: { component: Component }[] = [
  { component: 'principal' },
  { component: 'interest' },
  { component: 'fee' },
  { component: 'penalty' },
  { component: 'total' },
]
const COLUMNS = ['due', 'paid', 'outstanding', 'overdue', 'accrued', 'payoff'] as const

/** How a loan stood on a day: by component what was due, paid, owed, overdue, accrued and what would have closed it. */
export function Standing({ loan }: { loan: Loan }) {
  const text = useText(loanChange)
  const money = (minor: number) => <Money minor={minor} currency={loan.currency} />
  const column = (key: (typeof COLUMNS)[number]): Column<{ component: Component }> => ({
    key,
    title: text(key),
    figure: true,
    show: (row) => money(loan[key][`${row.component}_minor`]),
  })
  const found = loan.graded
  const graded: [string, ReactNode][] = found
    ? [
        [
          text('graded'),
          <>
            {text(`category_${found.category}`)} · {text('stage', { stage: found.stage })} · {text(`why_${found.why}`)} (
            <Day on={found.month_on} />)
          </>,
        ],
        [text('setAside'), money(found.provision_minor)],
        [text('suspended'), money(found.suspended_minor)],
      ]
    : []
  return (
    <Section title={text('figures')}>
      <Pairs
        pairs={[
          [text('status'), <Badge kind="loan" status={loan.status} />],
          [text('category'), text(`category_${loan.category}`)],
          [text('dpd'), loan.days_past_due],
          [
            text('nextDue'),
            loan.next_due_on ? (
              <>
                <Day on={loan.next_due_on} /> {money(loan.next_due_minor)}
              </>
            ) : null,
          ],
          [text('overpaid'), money(loan.overpaid_minor)],
          [
            text('withdrawable'),
            loan.withdrawal ? (
              <>
                <Day on={loan.withdrawal.until_on} /> · {text(`withdrawal_${loan.withdrawal.cost}`)}
              </>
            ) : null,
          ],
          [text('lateRate'), <Percent share={loan.late_rate_per_day} places={4} />],
          ...(loan.fraud_flagged_on ? [[text('fraudFlagged'), <Day on={loan.fraud_flagged_on} />] as [string, ReactNode]] : []),
          ...graded,
          ...(loan.charged_off_on ? [[text('chargedOff'), <Day on={loan.charged_off_on} />] as [string, ReactNode]] : []),
        ]}
      />
      <Lines<{ component: Component }>
        label={text('figures')}
        rows={COMPONENTS}
        rowKey={(row) => row.component}
        columns={[
          { key: 'component', title: text('component'), show: (row) => text(row.component) },
          ...COLUMNS.map(column),
        ]}
      />
    </Section>
  )
}
