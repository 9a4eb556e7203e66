import { ask, Asked, RefusalNotice, useText, type Shape } from '@fenqi/ui'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { ChoiceList } from '../../parts/choice'
import { Labelled } from '../../parts/labelled'
import { useMe } from '../../parts/me'
import { Section } from '../../parts/section'
import { api } from '../../session'
import { contactStops as texts } from '../../texts/contact_stops'

type Kind = Shape['NewContactStop']['kind']

const KINDS: Kind[] = ['over_indebted', 'student']
const REASON_MIN = 5

/** What stops contacts with a customer, and saying by hand what no case of its own says. */
export function Stops({ customer_id }: { customer_id: string }) {
  const text = useText(texts)
  const { has } = useMe()
  const query = useQuery({
    queryKey: ['contact-stops', customer_id],
    queryFn: () => ask(api.GET('/staff/customers/{customer_id}/contact-stops', { params: { path: { customer_id } } })),
  })
  return (
    <Section title={text('stops')}>
      <Asked query={query}>
        {(found) => {
          const lasting = found.stops.filter((stop) => stop.lasts).map((stop) => text(`stop_${stop.kind}`))
          return <p role="status">{lasting.length ? text('stopsNow', { stops: lasting.join(' · ') }) : text('noStops')}</p>
        }}
      </Asked>
      {has('collector') && <Say customer_id={customer_id} />}
    </Section>
  )
}

function Say({ customer_id }: { customer_id: string }) {
  const text = useText(texts)
  const queries = useQueryClient()
  const [kind, choose] = useState<Kind>('over_indebted')
  const [reason, say] = useState('')
  const saying = useMutation({
    mutationFn: (lasts: boolean) =>
      ask(
        api.POST('/staff/customers/{customer_id}/contact-stops', {
          params: { path: { customer_id } },
          body: { kind, lasts, reason },
        }),
      ),
    onSuccess: () => say(''),
    onSettled: () => queries.invalidateQueries({ queryKey: ['contact-stops', customer_id] }),
  })
  const isDisabled = reason.trim().length < REASON_MIN || saying.isPending
  return (
    <div className="list-tools">
      <ChoiceList
        label={text('stopKind')}
        value={kind}
        options={KINDS.map((one) => ({ value: one, label: text(`stop_${one}`) }))}
        onChange={(value) => choose(value as Kind)}
      />
      <Labelled label={text('stopReason')}>
        {(id) => <Input id={id} value={reason} onChange={(event) => say(event.target.value)} />}
      </Labelled>
      <Button disabled={isDisabled} onClick={() => saying.mutate(true)}>
        {text('stop')}
      </Button>
      <Button disabled={isDisabled} onClick={() => saying.mutate(false)}>
        {text('letBegin')}
      </Button>
      {saying.isError && <RefusalNotice error={saying.error} />}
    </div>
  )
}
