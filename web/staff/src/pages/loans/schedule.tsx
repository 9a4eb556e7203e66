import { Badge, Day, Money, useText, type Shape } from '@fenqi/ui'
import { Lines, type Column } from '../../parts/lines'
import { Section } from '../../parts/section'
import { loans as texts } from '../../texts/loans'

type Row = Shape['Instalment']
type Part = 'principal' | 'interest' | 'fee' | 'penalty'

/** What is due when, and what of it is paid. */
export function Schedule({ loan }: { loan: Shape['LoanShape'] }) {
  const text = useText(texts)
  const money = (minor: number) => <Money minor={minor} currency={loan.currency} />
  const part = (key: Part): Column<Row> => ({
    key,
    title: text(key),
    figure: true,
    show: (row) => money(row.due[`${key}_minor`]),
  })
  return (
    <Section title={text('schedule')}>
      <Lines<Row>
        label={text('schedule')}
        rows={loan.instalments}
        rowKey={(row) => String(row.instalment)}
        columns={[
          { key: 'instalment', title: text('instalment'), figure: true, show: (row) => row.instalment },
          { key: 'due_on', title: text('dueOn'), show: (row) => <Day on={row.due_on} /> },
          part('principal'),
          part('interest'),
          part('fee'),
          part('penalty'),
          { key: 'due', title: text('due'), figure: true, show: (row) => money(row.due.total_minor) },
          { key: 'paid', title: text('paid'), figure: true, show: (row) => money(row.paid.total_minor) },
          { key: 'rest', title: text('rest'), figure: true, show: (row) => money(row.outstanding_minor) },
          { key: 'standing', title: text('standing'), show: (row) => <Badge kind="standing" status={row.standing} /> },
        ]}
      />
    </Section>
  )
}
