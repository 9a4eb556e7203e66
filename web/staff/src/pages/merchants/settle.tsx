import { ask, RefusalNotice, useText } from '@fenqi/ui'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { Labelled } from '../../parts/labelled'
import { Section } from '../../parts/section'
import { api } from '../../session'
import { books as texts } from '../../texts/books'

/** Settle a merchant up to a day; the same day again shows what became of it. */
export function Settle({ merchant_id }: { merchant_id: string }) {
  const text = useText(texts)
  const queries = useQueryClient()
  const days = useQuery({ queryKey: ['days'], queryFn: () => ask(api.GET('/staff/days')) })
  const [chosen, choose] = useState('')
  const until_on = chosen || (days.data?.today ?? '')
  const settle = useMutation({
    mutationFn: () =>
      ask(api.POST('/staff/merchants/{merchant_id}/settlements', { params: { path: { merchant_id } }, body: { until_on } })),
    onSettled: () => queries.invalidateQueries({ queryKey: ['merchants', merchant_id] }),
  })
  const payout = settle.data?.payout
  return (
    <Section title={text('settle')}>
      <div className="page-tools">
        <Labelled label={text('settleUntil')}>
          {(id) => <Input id={id} type="date" value={until_on} onChange={(event) => choose(event.target.value)} />}
        </Labelled>
        <Button type="primary" disabled={!until_on} loading={settle.isPending} onClick={() => settle.mutate()}>
          {text('settle')}
        </Button>
        <span role="status">
          {settle.data && (payout ? text('settled', { state: String(payout['state']) }) : text('nothingPaid'))}
        </span>
      </div>
      {settle.isError && <RefusalNotice error={settle.error} />}
    </Section>
  )
}
