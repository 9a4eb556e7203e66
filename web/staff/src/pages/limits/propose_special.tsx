import { ask, minorOf, RefusalNotice, useText, type Shape } from '@fenqi/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { ChoiceList } from '../../parts/choice'
import { Labelled } from '../../parts/labelled'
import { Section } from '../../parts/section'
import { api } from '../../session'
import { limits as texts } from '../../texts/limits'

const NOTHING = { customer_id: '', merchant_id: '', amount: '', until_on: '', reason: '' }
type Category = NonNullable<Shape['SpecialLimitLine']['goods_category']>
const KINDS = ['temporary', 'dedicated'] as const
const CATEGORIES = ['phone', 'computer', 'appliance', 'furniture', 'travel'] as const

/** A limit beside a customer's fixed one; it changes nothing before somebody else approves it. */
export function ProposeSpecial() {
  const text = useText(texts)
  const queries = useQueryClient()
  const [said, say] = useState(NOTHING)
  const [kind, choose] = useState<(typeof KINDS)[number]>('temporary')
  const [category, setCategory] = useState<Category | ''>('')
  const amountMinor = minorOf(said.amount)
  const propose = useMutation({
    mutationFn: (amount_minor: number) => {
      const { customer_id, until_on, reason } = said
      const merchant_id = kind === 'dedicated' ? said.merchant_id.trim() || null : null
      const goods_category = kind === 'dedicated' ? category || null : null
      const body = { customer_id: customer_id.trim(), kind, merchant_id, goods_category, amount_minor, until_on, reason }
      return ask(api.POST('/staff/special-limits', { body }))
    },
    onSuccess: () => say(NOTHING),
    onSettled: () => queries.invalidateQueries({ queryKey: ['special-limits'] }),
  })
  const field = (name: keyof typeof NOTHING, label: string, type = 'text') => (
    <Labelled label={label}>
      {(id) => (
        <Input id={id} type={type} value={said[name]} onChange={(event) => say({ ...said, [name]: event.target.value })} />
      )}
    </Labelled>
  )
  const isReady = said.customer_id && said.until_on && said.reason.trim().length > 4 && !!amountMinor
  return (
    <Section title={text('proposeSpecial')}>
      <div className="list-tools">
        <ChoiceList
          label={text('kind')}
          value={kind}
          options={KINDS.map((one) => ({ value: one, label: text(one) }))}
          onChange={(chosen) => choose(chosen as typeof kind)}
        />
        {field('customer_id', text('customerId'))}
        {kind === 'dedicated' && field('merchant_id', text('merchantId'))}
        {kind === 'dedicated' && (
          <ChoiceList
            label={text('goodsCategory')}
            value={category}
            options={CATEGORIES.map((one) => ({ value: one, label: text(`goods_${one}`) }))}
            none={text('noCategory')}
            onChange={(chosen) => setCategory(chosen as Category | '')}
          />
        )}
        {field('amount', text('amount'))}
        {field('until_on', text('until'), 'date')}
        {field('reason', text('why'))}
        <Button type="primary" disabled={!isReady} loading={propose.isPending} onClick={() => propose.mutate(amountMinor ?? 0)}>
          {text('proposeSpecial')}
        </Button>
        <span role="status">{propose.data && text('proposedSpecial')}</span>
      </div>
      {propose.isError && <RefusalNotice error={propose.error} />}
    </Section>
  )
}
