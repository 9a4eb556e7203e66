import { Day, day, Instant, Money, useLanguage, useText, type Shape } from '@fenqi/ui'
import { useHappened } from '@fenqi/ui/loan'
import { Lines } from '../../parts/lines'
import { Section } from '../../parts/section'
import { loanChange } from '../../texts/loan_change'
import { loans as texts } from '../../texts/loans'

type Row = Shape['Effect']

/** What happened to the loan up to the day shown, why, what it changed, and when it became known. */
export function Timeline({ loan }: { loan: Shape['StaffLoanShape'] }) {
  const text = useText(texts)
  const more = useText(loanChange)
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
          { key: 'what', title: text('what'), show: (row) => <Told effect={row} currency={loan.currency} /> },
          { key: 'principal', title: text('principal'), figure: true, show: (row) => money(row.parts.principal_minor) },
          { key: 'interest', title: text('interest'), figure: true, show: (row) => money(row.parts.interest_minor) },
          { key: 'fee', title: text('fee'), figure: true, show: (row) => money(row.parts.fee_minor) },
          { key: 'penalty', title: text('penalty'), figure: true, show: (row) => money(row.parts.penalty_minor) },
          {
            key: 'balance',
            title: text('balance'),
            figure: true,
            show: (row) => (row.balance_minor === null ? null : money(row.balance_minor)),
          },
          {
            key: 'recorded',
            title: more('recordedAt'),
            show: (row) => (row.recorded_at === null ? null : <Instant at={row.recorded_at} />),
          },
        ]}
      />
    </Section>
  )
}

function Told({ effect, currency }: { effect: Row; currency: string }) {
  const { sentence } = useHappened()
  const text = useText(loanChange)
  const { language } = useLanguage()
  if (!effect.undone_on) return sentence(effect, currency)
  return (
    <>
      <s>{sentence(effect, currency)}</s> <strong>{text('undone', { on: day(effect.undone_on, language) })}</strong>
    </>
  )
}
