import { ask, Asked, Day, RefusalNotice, useText, type Shape } from '@fenqi/ui'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { Labelled } from '../../parts/labelled'
import { useMe } from '../../parts/me'
import { PageHead } from '../../parts/page_head'
import { Pairs } from '../../parts/pairs'
import { Section } from '../../parts/section'
import { api } from '../../session'
import { books as texts } from '../../texts/books'

/** Which days are closed, and closing one. */
export function DaysPage() {
  const text = useText(texts)
  const { has } = useMe()
  const query = useQuery({ queryKey: ['days'], queryFn: () => ask(api.GET('/staff/days')) })
  return (
    <>
      <PageHead title={text('days')} />
      <Asked query={query}>
        {(days) => (
          <>
            <Pairs
              pairs={[
                [text('today'), <Day on={days.today} />],
                [text('closedThrough'), days.closed_through ? <Day on={days.closed_through} /> : text('never')],
                [text('latestClosed'), days.latest_closed_on ? <Day on={days.latest_closed_on} /> : text('never')],
                [text('closedBuckets'), days.closed_bucket_count],
              ]}
            />
            {has('finance') && <Close days={days} />}
          </>
        )}
      </Asked>
    </>
  )
}

function Close({ days }: { days: Shape['DaysShape'] }) {
  const text = useText(texts)
  const queries = useQueryClient()
  const [day, choose] = useState(days.closed_through ?? days.today)
  const close = useMutation({
    mutationFn: () => ask(api.POST('/staff/days', { body: { day } })),
    onSettled: () => queries.invalidateQueries({ queryKey: ['days'] }),
  })
  return (
    <Section title={text('close')}>
      <div className="page-tools">
        <Labelled label={text('closeDay')}>
          {(id) => <Input id={id} type="date" value={day} onChange={(event) => choose(event.target.value)} />}
        </Labelled>
        <Button type="primary" disabled={!day} loading={close.isPending} onClick={() => close.mutate()}>
          {text('close')}
        </Button>
        <span role="status">
          {close.data && text('closed', { days: close.data.day_count, loans: close.data.loan_count })}
        </span>
      </div>
      {close.isError && <RefusalNotice error={close.error} />}
    </Section>
  )
}
