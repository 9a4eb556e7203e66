import { ask, Badge, Day, minorOf, Money, RefusalNotice, useText } from '@fenqi/ui'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { Labelled } from '../../parts/labelled'
import { Lines } from '../../parts/lines'
import { Section } from '../../parts/section'
import { api } from '../../session'
import { collection as texts } from '../../texts/collection'
import { useInCase } from './asked'
import type { CollectionCase } from './detail'

/** The promises of a case and what the books say became of them; a new one can be kept. */
export function Promises({ found, mayPromise }: { found: CollectionCase; mayPromise: boolean }) {
  const text = useText(texts)
  return (
    <Section title={text('promise')}>
      {mayPromise && <NewPromise found={found} />}
      {found.promises.length > 0 && (
        <Lines
          label={text('promises')}
          rows={found.promises}
          rowKey={(line) => line.promise_id}
          columns={[
            { key: 'state', title: text('promise'), show: (line) => <Badge kind="promise" status={line.state} /> },
            { key: 'amount', title: text('amount'), figure: true, show: (line) => <Money minor={line.amount_minor} /> },
            { key: 'by', title: text('by'), show: (line) => <Day on={line.promised_on} /> },
            { key: 'paid', title: text('paid'), figure: true, show: (line) => <Money minor={line.paid_minor} /> },
            {
              key: 'decided',
              title: text('decidedOn'),
              show: (line) => line.decided_on && <Day on={line.decided_on} />,
            },
          ]}
        />
      )}
    </Section>
  )
}

function NewPromise({ found }: { found: CollectionCase }) {
  const text = useText(texts)
  const [amount, sayAmount] = useState('')
  const [by, sayBy] = useState('')
  const keep = useInCase(
    found.case_id,
    (amount_minor: number, request_id) =>
      ask(
        api.POST('/staff/collection-cases/{case_id}/promises', {
          params: { path: { case_id: found.case_id } },
          body: { amount_minor, promised_on: by, request_id },
        }),
      ),
    () => sayAmount(''),
  )
  const amountMinor = minorOf(amount)
  return (
    <form
      className="list-tools"
      onSubmit={(event) => {
        event.preventDefault()
        keep.mutate(amountMinor ?? 0)
      }}
    >
      <Labelled label={text('amount')}>
        {(id) => <Input id={id} inputMode="decimal" value={amount} onChange={(event) => sayAmount(event.target.value)} />}
      </Labelled>
      <Labelled label={text('by')}>
        {(id) => <Input id={id} type="date" value={by} onChange={(event) => sayBy(event.target.value)} />}
      </Labelled>
      <Button htmlType="submit" disabled={!amountMinor || !by} loading={keep.isPending}>
        {text('keepPromise')}
      </Button>
      {keep.isError && <RefusalNotice error={keep.error} />}
    </form>
  )
}
