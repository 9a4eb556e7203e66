import { ask, Asked, Instant, useText, type Shape } from '@fenqi/ui'
import { useQuery } from '@tanstack/react-query'
import { useSearchParams } from 'react-router'
import { merchant } from '../../api'
import { desk } from '../../texts/desk'
import { Pager } from './pager'
import { Webhook } from './webhook'

/** The events of the merchant's orders, newest first, and what became of sending them. */
export function EventsPage() {
  const text = useText(desk)
  const [search] = useSearchParams()
  const before_at = search.get('before_at') ?? undefined
  const before_id = search.get('before_id') ?? undefined
  const query = { limit: 20, ...(before_at && before_id && { before_at, before_id }) }
  const events = useQuery({
    queryKey: ['desk', 'events', query],
    queryFn: () => ask(merchant.GET('/v1/events', { params: { query } })),
  })
  return (
    <>
      <h1>{text('events')}</h1>
      <Webhook />
      <Asked query={events} isEmpty={(found) => found.events.length === 0} empty={text('noEvents')}>
        {(found) => (
          <>
            <Events events={found.events} />
            <Pager next={found.next} isFirst={!before_at} />
          </>
        )}
      </Asked>
    </>
  )
}

function Events({ events }: { events: Shape['EventLine'][] }) {
  const text = useText(desk)
  return (
    <div className="panel wide" tabIndex={0} role="region" aria-label={text('events')}>
      <table>
        <thead>
          <tr>
            <th scope="col">{text('when')}</th>
            <th scope="col">{text('topic')}</th>
            <th scope="col">{text('outcome')}</th>
            <th scope="col" className="figure">
              {text('tries')}
            </th>
            <th scope="col">{text('content')}</th>
          </tr>
        </thead>
        <tbody>
          {events.map((event) => (
            <tr key={event.event_id}>
              <td>
                <Instant at={event.created_at} />
              </td>
              <th scope="row">{event.topic}</th>
              <td>{text(event.delivered ? 'delivered' : event.abandoned ? 'abandoned' : 'waiting')}</td>
              <td className="figure">{event.attempt_count}</td>
              <td>
                <details>
                  <summary>{String(event.content['order_number'] ?? event.event_id)}</summary>
                  <pre>{JSON.stringify(event.content, null, 2)}</pre>
                </details>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
