import { ask, Asked, Badge, Day, Instant, Money, useText, type Shape } from '@fenqi/ui'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Link, useParams } from 'react-router'
import { Lines } from '../../parts/lines'
import { useMe } from '../../parts/me'
import { PageHead } from '../../parts/page_head'
import { Pairs } from '../../parts/pairs'
import { PaperList } from '../../parts/paper_list'
import { Section } from '../../parts/section'
import { ShortId } from '../../parts/short_id'
import { api } from '../../session'
import { hardship as texts } from '../../texts/hardship'
import { Answer } from './answer'
import { HardshipLinks } from './links'
import { WaysOut } from './ways_out'

type Request = Shape['HardshipShape']

/** One request: what was stated and proved, the ways out side by side, the answer. */
export function HardshipPage() {
  const { request_id = '' } = useParams()
  const query = useQuery({
    queryKey: ['hardship', request_id],
    queryFn: () => ask(api.GET('/staff/hardship/{request_id}', { params: { path: { request_id } } })),
  })
  return <Asked query={query}>{(found) => <Whole found={found} />}</Asked>
}

function Whole({ found }: { found: Request }) {
  const text = useText(texts)
  const { has } = useMe()
  const isOpen = found.state === 'asked' || found.state === 'offered'
  return (
    <>
      <PageHead title={`${text('one')} ${found.request_id.slice(-8)}`}>
        <Badge kind="hardship" status={found.state} />
        <Badge kind="hardship_level" status={found.level} />
        <HardshipLinks />
      </PageHead>
      <Head found={found} />
      <Stated found={found} />
      <PaperList papers={found.papers} title={text('papers')} empty={text('noPapers')} />
      {isOpen && has('collector', 'risk') ? <Answer found={found} /> : <WaysOut found={found} />}
      <Earlier found={found} />
      <Events found={found} />
    </>
  )
}

function Head({ found }: { found: Request }) {
  const text = useText(texts)
  const { has } = useMe()
  const customer = <ShortId id={found.customer_id} />
  const more: [string, ReactNode][] = []
  if (found.reason) more.push([text('reason'), found.reason])
  if (found.accept_until) more.push([text('acceptUntil'), <Day on={found.accept_until} />])
  if (found.agreed_option) more.push([text('agreedOption'), found.agreed_option])
  if (found.observed_until) more.push([text('observedUntil'), <Day on={found.observed_until} />])
  return (
    <Pairs
      pairs={[
        [text('cause'), text(found.cause)],
        [text('customer'), has('collector', 'compliance') ? <Link to={`/customers/${found.customer_id}`}>{customer}</Link> : customer],
        [text('askedAt'), <Instant at={found.asked_at} />],
        [text('askedBy'), found.asked_by],
        [
          text('answerDue'),
          <>
            <Day on={found.answer_due_on} /> {found.is_late && <strong>{text('late')}</strong>}
          </>,
        ],
        [text('ruleName'), text('rule', { days: found.answer_days, source: found.answer_source })],
        ...more,
      ]}
    />
  )
}

function Stated({ found }: { found: Request }) {
  const text = useText(texts)
  const { stated, currency } = found
  return (
    <Section title={text('stated')}>
      <Pairs
        pairs={[
          [text('income'), <Money minor={stated.monthly_income_minor} currency={currency} />],
          [text('living'), <Money minor={stated.monthly_living_minor} currency={currency} />],
          [text('debts'), <Money minor={stated.monthly_debts_minor} currency={currency} />],
          [text('room'), <Money minor={stated.room_minor} currency={currency} />],
          [text('text'), stated.text || '—'],
        ]}
      />
    </Section>
  )
}

function Earlier({ found }: { found: Request }) {
  const text = useText(texts)
  return (
    <Section title={text('earlier')}>
      <Lines
        label={text('earlier')}
        rows={found.earlier}
        rowKey={(line) => line.request_id}
        empty={text('noEarlier')}
        columns={[
          {
            key: 'at',
            title: text('askedAt'),
            show: (line) => (
              <Link to={`/hardship/${line.request_id}`}>
                <Instant at={line.asked_at} />
              </Link>
            ),
          },
          { key: 'state', title: text('state'), show: (line) => <Badge kind="hardship" status={line.state} /> },
        ]}
      />
    </Section>
  )
}

function Events({ found }: { found: Request }) {
  const text = useText(texts)
  return (
    <Section title={text('events')}>
      <ol className="events">
        {found.events.map((event, place) => (
          <li key={`${event.recorded_at} ${place}`}>
            <Instant at={event.recorded_at} /> {event.by}: {text(`what_${event.what}`)} {event.text && `— ${event.text}`}
          </li>
        ))}
      </ol>
    </Section>
  )
}
