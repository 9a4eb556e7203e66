import { ask, Asked, Badge, Day, Instant, Money, useText, type Shape } from '@fenqi/ui'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Link, useParams } from 'react-router'
import { useMe } from '../../parts/me'
import { PageHead } from '../../parts/page_head'
import { Pairs } from '../../parts/pairs'
import { PaperList } from '../../parts/paper_list'
import { Section } from '../../parts/section'
import { ShortId } from '../../parts/short_id'
import { api } from '../../session'
import { complaints as texts } from '../../texts/complaints'
import { Answer } from './answer'
import { Approve } from './approve'
import { at } from './command'
import { Course } from './course'
import { Evidence } from './evidence'
import { ComplaintLinks } from './links'
import { CAUSES } from './names'
import { Steps } from './steps'

export type Complaint = Shape['ComplaintShape']

const OPEN = ['received', 'acknowledged', 'proposed']

/** One complaint: the words, the evidence, what is to be done by when, the answer. */
export function ComplaintPage() {
  const { complaint_id = '' } = useParams()
  const query = useQuery({
    queryKey: ['complaints', complaint_id],
    queryFn: () => ask(api.GET('/staff/complaints/{complaint_id}', at(complaint_id))),
  })
  return <Asked query={query}>{(found) => <Whole found={found} />}</Asked>
}

function Whole({ found }: { found: Complaint }) {
  const text = useText(texts)
  const { has } = useMe()
  const isOpen = OPEN.includes(found.state)
  const mayAnswer = has('collector', 'risk')
  return (
    <>
      <PageHead title={`${text('one')} ${found.complaint_id.slice(-8)}`}>
        <Badge kind="complaint" status={found.state} />
        <Badge kind="complaint_level" status={found.level} />
        <ComplaintLinks />
      </PageHead>
      <Standing found={found} />
      <Section title={text('words')}>
        <p>{found.text}</p>
      </Section>
      {mayAnswer && <Steps found={found} isOpen={isOpen} />}
      <Evidence found={found} mayName={mayAnswer && isOpen} />
      <PaperList papers={found.papers} title={text('papers')} empty={text('noPapers')} />
      {found.outcome && <Given found={found} />}
      {found.state === 'proposed' && has('risk', 'finance') && <Approve found={found} />}
      {mayAnswer && isOpen && <Answer key={found.complaint_id} found={found} />}
      <Course found={found} />
    </>
  )
}

function Standing({ found }: { found: Complaint }) {
  const text = useText(texts)
  const { has } = useMe()
  const linked = (path: string, id: string, ...roles: string[]) =>
    has(...roles) ? (
      <Link to={`${path}/${id}`}>
        <ShortId id={id} />
      </Link>
    ) : (
      <ShortId id={id} />
    )
  const more: [string, ReactNode][] = []
  if (found.reference) more.push([text('reference'), found.reference])
  if (found.loan_id) more.push([text('loan'), linked('/loans', found.loan_id, 'finance', 'collector', 'compliance')])
  if (found.disputed_minor > 0)
    more.push([text('disputed'), <Money minor={found.disputed_minor} currency={found.currency} />])
  if (found.decision_id) more.push([text('decision'), linked('/decisions', found.decision_id, 'risk', 'compliance')])
  if (found.case_id) more.push([text('case'), linked('/cases', found.case_id, 'risk', 'compliance')])
  if (found.follows_id) more.push([text('follows'), linked('/complaints', found.follows_id, 'collector', 'risk', 'finance', 'compliance')])
  return (
    <Pairs
      pairs={[
        [text('cause'), text(CAUSES[found.cause])],
        [text('channel'), text(found.channel)],
        [text('customer'), linked('/customers', found.customer_id, 'collector', 'compliance')],
        [text('receivedAt'), <Instant at={found.received_at} />],
        [text('receivedBy'), found.received_by],
        [
          text('acknowledgeDue'),
          <>
            <Day on={found.acknowledge_due_on} /> {found.is_acknowledge_missed && <strong>{text('unacknowledged')}</strong>}
          </>,
        ],
        [
          text('answerDue'),
          <>
            <Day on={found.answer_due_on} /> {found.is_late && <strong>{text('late')}</strong>}
          </>,
        ],
        [text('ruleName'), text('rule', { days: found.answer_days, source: found.answer_source, more: found.extended_days })],
        [text('assigned'), found.assigned_to ?? text('nobody')],
        ...more,
      ]}
    />
  )
}

function Given({ found }: { found: Complaint }) {
  const text = useText(texts)
  const isProposed = found.state === 'proposed'
  const pairs: [string, ReactNode][] = [
    [text('outcome'), found.outcome && <Badge kind="complaint_outcome" status={found.outcome} />],
    [text('answerText'), found.answer],
    [text('redress'), text(found.redress)],
  ]
  if (found.redress_minor > 0) pairs.push([text('given'), <Money minor={found.redress_minor} currency={found.currency} />])
  if (found.proposed_by) pairs.push([text('proposedBy'), found.proposed_by])
  if (found.answered_by) pairs.push([text('answeredBy'), found.answered_by])
  if (found.settle_on) pairs.push([text('settleOn'), <Day on={found.settle_on} />])
  if (!isProposed)
    pairs.push([text('satisfied'), text(found.is_satisfied === null ? 'silent' : found.is_satisfied ? 'yes' : 'no')])
  return (
    <Section title={text(isProposed ? 'proposal' : 'answered')}>
      <Pairs pairs={pairs} />
    </Section>
  )
}
