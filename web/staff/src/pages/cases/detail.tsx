import { ask, Asked, Badge, Instant, Money, useText, type Shape } from '@fenqi/ui'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Link, useParams } from 'react-router'
import { Lines } from '../../parts/lines'
import { useMe } from '../../parts/me'
import { PageHead } from '../../parts/page_head'
import { Pairs } from '../../parts/pairs'
import { Section } from '../../parts/section'
import { ShortId } from '../../parts/short_id'
import { api } from '../../session'
import { cases as texts } from '../../texts/cases'
import { CaseLinks } from './links'
import { Ring } from './ring'
import { Work } from './work'

type Case = Shape['StaffCaseShape']

/** One case: what waits in it, what was done, and what can be done now. */
export function CasePage() {
  const { case_id = '' } = useParams()
  const query = useQuery({
    queryKey: ['cases', case_id],
    queryFn: () => ask(api.GET('/staff/cases/{case_id}', { params: { path: { case_id } } })),
  })
  return <Asked query={query}>{(found) => <Whole found={found} />}</Asked>
}

function Whole({ found }: { found: Case }) {
  const text = useText(texts)
  const { has } = useMe()
  return (
    <>
      <PageHead title={`${text('one')} ${found.case_id.slice(-8)}`}>
        <Badge kind="case_kind" status={found.kind} />
        <Badge kind="case_level" status={found.level} />
        {found.disposition && <Badge kind="finding" status={found.disposition} />}
        <CaseLinks />
      </PageHead>
      <Pairs
        pairs={[
          [text('stake'), <Money minor={found.expected_loss_minor} />],
          [text('customer'), <Customer id={found.customer_id} />],
          [text('openedAt'), <Instant at={found.opened_at} />],
          [text('dueAt'), <Due found={found} />],
          [text('takenBy'), found.taken_by ?? text('free')],
          ...(found.taken_until ? [[text('takenUntil'), <Instant at={found.taken_until} />] as [string, ReactNode]] : []),
        ]}
      />
      {has('reviewer', 'risk') && found.closed_at === null && <Work found={found} />}
      <Decisions decisions={found.decisions} />
      {found.kind === 'frozen' && <Ring case_id={found.case_id} />}
      <Events events={found.events} />
    </>
  )
}

function Due({ found }: { found: Case }) {
  const text = useText(texts)
  return (
    <>
      <Instant at={found.due_at} /> {found.is_late && <strong>{text('late')}</strong>}
    </>
  )
}

function Customer({ id }: { id: string }) {
  const { has } = useMe()
  if (!has('reviewer', 'collector', 'compliance')) return <ShortId id={id} />
  return (
    <Link to={`/customers/${id}`}>
      <ShortId id={id} />
    </Link>
  )
}

function Decisions({ decisions }: { decisions: Case['decisions'] }) {
  const text = useText(texts)
  return (
    <Section title={text('decisions')}>
      <Lines
        label={text('decisions')}
        rows={decisions}
        rowKey={(line) => line.decision_id}
        columns={[
          {
            key: 'decided',
            title: text('decidedAt'),
            show: (line) => (
              <Link to={`/decisions/${line.decision_id}`}>
                <Instant at={line.decided_at} />
              </Link>
            ),
          },
          { key: 'outcome', title: text('outcome'), show: (line) => <Badge kind="outcome" status={line.outcome} /> },
          {
            key: 'verdict',
            title: text('verdict'),
            show: (line) => line.verdict && <Badge kind="outcome" status={line.verdict} />,
          },
          { key: 'points', title: text('points'), figure: true, show: (line) => line.points },
          { key: 'limit', title: text('limit'), figure: true, show: (line) => <Money minor={line.limit_minor} /> },
        ]}
      />
      <p>{text('answerThere')}</p>
    </Section>
  )
}

function Events({ events }: { events: Case['events'] }) {
  const text = useText(texts)
  return (
    <Section title={text('events')}>
      <ol className="events">
        {events.map((event, place) => (
          <li key={`${event.recorded_at} ${place}`}>
            <Instant at={event.recorded_at} /> {event.by}: {text(event.what)} {event.text && `— ${event.text}`}
          </li>
        ))}
      </ol>
    </Section>
  )
}
