import { Day, Money, useText, type Shape } from '@fenqi/ui'
import { Lines } from '../../parts/lines'
import { Section } from '../../parts/section'
import { loans as texts } from '../../texts/loans'

type Row = Shape['Effect']

/** What happened to the loan up to the day shown, and what it changed. */
export function Timeline({ loan }: { loan: Shape['LoanShape'] }) {
  const text = useText(texts)
  const money = (minor: number) => <Money minor={minor} currency={loan.currency} />
  return (
    <Section title={text('timeline')}>
      <Lines<Row & { at: number }>
        label={text('timeline')}
        rows={loan.timeline.map((row, at) => ({ ...row, at }))}
        rowKey={(row) => String(row.at)}
        empty={text('noTimeline')}
        columns={[
          { key: 'on', title: text('on'), show: (row) => <Day on={row.on} /> },
          { key: 'what', title: text('what'), show: (row) => <code>{row.what}</code> },
          { key: 'amount', title: text('amount'), figure: true, show: (row) => money(row.amount_minor) },
          { key: 'principal', title: text('principal'), figure: true, show: (row) => money(row.parts.principal_minor) },
          { key: 'interest', title: text('interest'), figure: true, show: (row) => money(row.parts.interest_minor) },
          { key: 'penalty', title: text('penalty'), figure: true, show: (row) => money(row.parts.penalty_minor) },
          { key: 'balance', title: text('balance'), figure: true, show: (row) => money(row.balance_minor) },
        ]}
      />
    </Section>
  )
}
