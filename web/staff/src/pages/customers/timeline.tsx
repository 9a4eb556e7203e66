import { ask, Asked, Instant, useText, type Shape } from '@fenqi/ui'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { Lines } from '../../parts/lines'
import { Section } from '../../parts/section'
import { ShortId } from '../../parts/short_id'
import { api } from '../../session'
import { timeline as texts } from '../../texts/timeline'
import { Told } from './told'

type Event = Shape['CustomerEvent']

const PATHS = {
  loan: '/loans',
  contact: null,
  hardship: '/hardship',
  complaint: '/complaints',
  warning: '/warnings',
  warning_step: '/warnings',
  warning_call: '/warnings',
  warning_answer: '/warnings',
  warning_over: '/warnings',
} as const satisfies Record<Event['kind'], string | null>

/** What happened to a customer, newest first, with the way to each. */
export function Timeline({ customer_id }: { customer_id: string }) {
  const text = useText(texts)
  const query = useQuery({
    queryKey: ['customers', customer_id, 'timeline'],
    queryFn: () => ask(api.GET('/staff/customers/{customer_id}/timeline', { params: { path: { customer_id } } })),
  })
  return (
    <Section title={text('title')}>
      <Asked query={query} isEmpty={(data) => data.events.length === 0} empty={text('none')}>
        {(data) => (
          <Lines<Event>
            label={text('title')}
            rows={data.events}
            rowKey={(event) => `${event.kind}/${event.subject_id}/${event.at}/${event.told}`}
            columns={[
              { key: 'at', title: text('at'), show: (event) => <Instant at={event.at} /> },
              { key: 'kind', title: text('kind'), show: (event) => text(event.kind) },
              { key: 'told', title: text('told'), show: (event) => <Told event={event} /> },
              { key: 'by', title: text('by'), show: (event) => (event.by === 'customer' ? text('customer') : event.by) },
              { key: 'subject', title: text('subject'), show: (event) => <Subject event={event} /> },
            ]}
          />
        )}
      </Asked>
    </Section>
  )
}

function Subject({ event }: { event: Event }) {
  const path = PATHS[event.kind]
  return path === null ? (
    <ShortId id={event.subject_id} />
  ) : (
    <Link to={`${path}/${event.subject_id}`}>
      <ShortId id={event.subject_id} />
    </Link>
  )
}
