import { ask, Asked, Badge, Day, Money, useText, type Shape } from '@fenqi/ui'
import { useQuery } from '@tanstack/react-query'
import { useParams } from 'react-router'
import { Lines } from '../../parts/lines'
import { useMe } from '../../parts/me'
import { PageHead } from '../../parts/page_head'
import { Pairs } from '../../parts/pairs'
import { Section } from '../../parts/section'
import { ShortId } from '../../parts/short_id'
import { api } from '../../session'
import { collection as texts } from '../../texts/collection'
import { Begin } from './begin'
import { Further } from './further'
import { History } from './history'
import { NextAction } from './next_action'
import { Notes } from './notes'
import { Promises } from './promises'
import { TakeNextCase } from './take_next'
import { Trace } from './trace'

export type CollectionCase = Shape['CollectionCaseShape']

/** One case as a workspace: what is owed, what was done, what is best next, and everything that can be done now. */
export function CollectionCasePage() {
  const { case_id = '' } = useParams()
  const query = useQuery({
    queryKey: ['collection', case_id],
    queryFn: () => ask(api.GET('/staff/collection-cases/{case_id}', { params: { path: { case_id } } })),
  })
  return <Asked query={query}>{(found) => <Whole found={found} />}</Asked>
}

function Whole({ found }: { found: CollectionCase }) {
  const text = useText(texts)
  const { has } = useMe()
  const mayWork = has('collector', 'agency') && found.closed_on === null
  return (
    <>
      <PageHead title={`${text('one')} ${found.case_id.slice(-8)}`}>
        <Badge kind="case_stage" status={found.stage} />
        <Badge kind="case_risk" status={found.risk} />
        {has('collector', 'agency') && <TakeNextCase />}
      </PageHead>
      <Standing found={found} />
      <NextAction found={found} />
      {mayWork && <Begin found={found} />}
      <Loans loans={found.loans} />
      <Promises found={found} mayPromise={mayWork} />
      {mayWork && <Notes found={found} />}
      {has('collector') && found.closed_on === null && <Trace found={found} />}
      {has('collector', 'risk') && found.closed_on === null && <Further found={found} />}
      <History lines={found.history} />
    </>
  )
}

function Standing({ found }: { found: CollectionCase }) {
  const text = useText(texts)
  return (
    <Pairs
      pairs={[
        [text('customer'), `${found.customer.name_masked ?? ''} ${found.customer.mobile_masked}`],
        [text('days_past_due'), found.days_past_due],
        [text('lateSince'), <Day on={found.late_from_on} />],
        [text('overdue_minor'), <Money minor={found.overdue.total_minor} />],
        [text('takenBy'), found.taken_by ?? text('free')],
        [text('agency'), found.agency ?? text('free')],
        [text('legalStep'), found.legal_step ? text(`legal_${found.legal_step}`) : text('free')],
        [text('stops'), found.stops.map((stop) => text(`stop_${stop}` as 'stop_complaint')).join(' · ') || text('free')],
      ]}
    />
  )
}

function Loans({ loans }: { loans: CollectionCase['loans'] }) {
  const text = useText(texts)
  const parts = ['principal', 'interest', 'fee', 'penalty', 'total'] as const
  return (
    <Section title={text('loans')}>
      <Lines
        label={text('loans')}
        rows={loans}
        rowKey={(loan) => loan.loan_id}
        columns={[
          { key: 'loan', title: text('loans'), show: (loan) => <ShortId id={loan.loan_id} /> },
          { key: 'status', title: text('stage'), show: (loan) => <Badge kind="loan" status={loan.status} /> },
          { key: 'days', title: text('days_past_due'), figure: true, show: (loan) => loan.days_past_due },
          ...parts.map((part) => ({
            key: `overdue-${part}`,
            title: `${text(part)} · ${text('overdue')}`,
            figure: true,
            show: (loan: CollectionCase['loans'][number]) => <Money minor={loan.overdue[`${part}_minor`]} />,
          })),
          {
            key: 'owed',
            title: `${text('total')} · ${text('owed')}`,
            figure: true,
            show: (loan) => <Money minor={loan.outstanding.total_minor} />,
          },
          { key: 'payoff', title: text('payoff'), figure: true, show: (loan) => <Money minor={loan.payoff_minor} /> },
          {
            key: 'marks',
            title: text('legalStep'),
            show: (loan) => [loan.charged_off_on && text('writtenOff'), loan.is_held && text('isHeld')].filter(Boolean).join(' · '),
          },
        ]}
      />
    </Section>
  )
}
