import { Badge, Instant, useText } from '@fenqi/ui'
import { Link } from 'react-router'
import { Lines } from '../../parts/lines'
import { Section } from '../../parts/section'
import { complaints as texts } from '../../texts/complaints'
import type { Complaint } from './detail'
import { CAUSES } from './names'

/** What was done about a complaint, and the customer's other ones. */
export function Course({ found }: { found: Complaint }) {
  const text = useText(texts)
  return (
    <>
      <Section title={text('others')}>
        <Lines
          label={text('others')}
          rows={found.others}
          rowKey={(line) => line.complaint_id}
          empty={text('noOthers')}
          columns={[
            {
              key: 'at',
              title: text('receivedAt'),
              show: (line) => (
                <Link to={`/complaints/${line.complaint_id}`}>
                  <Instant at={line.received_at} />
                </Link>
              ),
            },
            { key: 'cause', title: text('cause'), show: (line) => text(CAUSES[line.cause]) },
            { key: 'state', title: text('state'), show: (line) => <Badge kind="complaint" status={line.state} /> },
          ]}
        />
      </Section>
      <Section title={text('events')}>
        <ol className="events">
          {found.events.map((event, place) => (
            <li key={`${event.recorded_at} ${place}`}>
              <Instant at={event.recorded_at} /> {event.by}: {text(`what_${event.what}`)} {event.text && `— ${event.text}`}
            </li>
          ))}
        </ol>
      </Section>
    </>
  )
}
