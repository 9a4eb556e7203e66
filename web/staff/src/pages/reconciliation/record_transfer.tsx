import { ask, minorOf, RefusalNotice, useText } from '@fenqi/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { Labelled } from '../../parts/labelled'
import { Section } from '../../parts/section'
import { api } from '../../session'
import { reconciliation as texts } from '../../texts/reconciliation'

const NOTHING = { bank_reference: '', payer: '', remark: '', amount: '', received_on: '' }

/** A line of the bank's statement: placed at once if it has a borrower's code, else kept in suspense. */
export function RecordTransfer() {
  const text = useText(texts)
  const queries = useQueryClient()
  const [said, say] = useState(NOTHING)
  const amountMinor = minorOf(said.amount)
  const record = useMutation({
    mutationFn: (amount_minor: number) => {
      const { bank_reference, payer, remark, received_on } = said
      const body = { way: 'bank', bank_reference, payer, remark, received_on, amount_minor, currency: 'CNY' }
      return ask(api.POST('/staff/transfers', { body }))
    },
    onSuccess: () => say(NOTHING),
    onSettled: () => queries.invalidateQueries({ queryKey: ['money-cases'] }),
  })
  const field = (name: keyof typeof NOTHING, label: string, type = 'text') => (
    <Labelled label={label}>
      {(id) => <Input id={id} type={type} value={said[name]} onChange={(event) => say({ ...said, [name]: event.target.value })} />}
    </Labelled>
  )
  const isReady = said.bank_reference.length > 3 && said.received_on !== '' && !!amountMinor
  return (
    <Section title={text('transfer')}>
      <div className="page-tools">
        {field('bank_reference', text('reference'))}
        {field('payer', text('payer'))}
        {field('remark', text('remark'))}
        {field('amount', text('amount'))}
        {field('received_on', text('receivedOn'), 'date')}
        <Button type="primary" disabled={!isReady} loading={record.isPending} onClick={() => record.mutate(amountMinor ?? 0)}>
          {text('record')}
        </Button>
        <span role="status">{record.data && text('recorded', { state: text(`state_${record.data.state}`) })}</span>
      </div>
      {record.isError && <RefusalNotice error={record.error} />}
    </Section>
  )
}
