import { day, money, useLanguage, useText, type Shape } from '@fenqi/ui'
import { useHappened } from '@fenqi/ui/loan'
import { Input } from 'antd'
import { ChoiceList } from '../../parts/choice'
import { Labelled } from '../../parts/labelled'
import { loanChange } from '../../texts/loan_change'
import type { FieldName } from './change_fields'

type Props = { name: FieldName; loan: Shape['StaffLoanShape']; value: string; onChange: (value: string) => void }
const CHOSEN: FieldName[] = ['component', 'due_on', 'event_id']

/** One value of a change: typed, or chosen among what the loan has. */
export function ChangeField({ name, loan, value, onChange }: Props) {
  const text = useText(loanChange)
  const label = text(`field_${name}`)
  const choices = useChoices(name, loan)
  if (CHOSEN.includes(name)) {
    return <ChoiceList label={label} none={text('choose')} value={value} onChange={onChange} options={choices} />
  }
  const type = name.endsWith('_on') ? 'date' : 'text'
  return (
    <Labelled label={label}>
      {(id) => (
        <Input
          id={id}
          type={type}
          inputMode={type === 'text' ? 'decimal' : undefined}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Labelled>
  )
}

function useChoices(name: FieldName, loan: Shape['StaffLoanShape']) {
  const text = useText(loanChange)
  const { language } = useLanguage()
  const happened = useHappened()
  if (name === 'component') {
    return (['interest', 'fee', 'penalty'] as const).map((part) => ({ value: part, label: text(part) }))
  }
  if (name === 'due_on') {
    return loan.instalments
      .filter((row) => row.outstanding_minor > 0)
      .map((row) => ({
        value: row.due_on,
        label: `${row.instalment} · ${day(row.due_on, language)} · ${money(row.outstanding_minor, language, loan.currency)}`,
      }))
  }
  return loan.timeline
    .filter((effect) => effect.event_id && !effect.undone_on && effect.what !== 'reversed')
    .map((effect) => ({
      value: effect.event_id ?? '',
      label: `${day(effect.on, language)} · ${happened.name(effect)} · ${money(effect.amount_minor, language, loan.currency)}`,
    }))
}
