import { Day, Money, Percent, useText, type Shape } from '@fenqi/ui'
import { Checkbox } from 'antd'
import { Lines, type Column } from '../../parts/lines'
import { Section } from '../../parts/section'
import { hardship as texts } from '../../texts/hardship'

type Request = Shape['HardshipShape']
type Option = Shape['ReliefOptionShape']
type Choosing = { chosen: string[]; choose: (chosen: string[]) => void }

/** Every way out side by side, with what it costs and why one cannot be offered. */
export function WaysOut({ found, choosing }: { found: Request; choosing?: Choosing }) {
  const text = useText(texts)
  const columns: Column<Option>[] = [
    { key: 'option', title: text('option'), show: (option) => <Name option={option} found={found} choosing={choosing} /> },
    { key: 'cost', title: text('extraCost'), figure: true, show: (option) => <Money minor={option.extra_cost_minor} currency={option.currency} /> },
    { key: 'annual', title: text('annual'), figure: true, show: (option) => <Percent share={option.annual_share} /> },
    { key: 'monthly', title: text('monthly'), figure: true, show: (option) => <Money minor={option.instalment_max_minor} currency={option.currency} /> },
    { key: 'pay', title: text('toPay'), figure: true, show: (option) => <Money minor={option.to_pay_minor} currency={option.currency} /> },
    { key: 'first', title: text('firstDue'), show: (option) => option.first_due_on && <Day on={option.first_due_on} /> },
    { key: 'last', title: text('lastDue'), show: (option) => option.last_due_on && <Day on={option.last_due_on} /> },
    { key: 'fits', title: text('fits'), show: (option) => text(option.is_affordable ? 'yes' : 'no') },
  ]
  const title = text('options', { percent: found.ceiling_percent, source: found.ceiling_source })
  return (
    <Section title={title}>
      <Lines label={title} rows={found.options} rowKey={(option) => option.option_id} columns={columns} />
    </Section>
  )
}

function Name({ option, found, choosing }: { option: Option; found: Request; choosing?: Choosing | undefined }) {
  const text = useText(texts)
  const name = text(option.kind, { number: option.number })
  const isSuggested = option.option_id === found.suggested
  if (option.withheld) {
    return (
      <>
        {name} <span className="soft">({text('withheld')}: {text(`why_${option.withheld}`)})</span>
      </>
    )
  }
  const told = (
    <>
      {name} {isSuggested && <strong>{text('suggested')}</strong>} {found.offered.includes(option.option_id) && text('offered')}
    </>
  )
  if (!choosing) return told
  const { chosen, choose } = choosing
  const others = chosen.filter((each) => each !== option.option_id)
  return (
    <Checkbox
      checked={chosen.includes(option.option_id)}
      onChange={(event) => choose(event.target.checked ? [...others, option.option_id] : others)}
    >
      {told}
    </Checkbox>
  )
}
