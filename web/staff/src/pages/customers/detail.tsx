import { ask, Asked, Badge, Day, Instant, Money, useText, type Shape } from '@fenqi/ui'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from 'react-router'
import { Lines } from '../../parts/lines'
import { useMe } from '../../parts/me'
import { PageHead } from '../../parts/page_head'
import { Pairs } from '../../parts/pairs'
import { Section } from '../../parts/section'
import { ShortId } from '../../parts/short_id'
import { api } from '../../session'
import { complaints } from '../../texts/complaints'
import { hardship } from '../../texts/hardship'
import { loans as texts } from '../../texts/loans'
import { Look } from './look'
import { Stops } from './stops'
import { Timeline } from './timeline'

type Customer = Shape['StaffCustomerShape']

/** A customer behind the mask, with their loans and decisions. */
export function CustomerPage() {
  const { customer_id = '' } = useParams()
  const query = useQuery({
    queryKey: ['customers', customer_id],
    queryFn: () => ask(api.GET('/staff/customers/{customer_id}', { params: { path: { customer_id } } })),
  })
  return <Asked query={query}>{(customer) => <Masked customer={customer} />}</Asked>
}

function Masked({ customer }: { customer: Customer }) {
  const text = useText(texts)
  const care = useText(hardship)
  const heard = useText(complaints)
  const { has } = useMe()
  return (
    <>
      <PageHead title={`${text('borrower')} ${customer.mobile_masked}`}>
        {has('collector') && <Link to={`/customers/${customer.customer_id}/hardship`}>{care('askFor')}</Link>}
        {has('collector') && <Link to={`/customers/${customer.customer_id}/complaint`}>{heard('openFor')}</Link>}
        {has('risk', 'compliance') && <Link to={`/limits?customer_id=${customer.customer_id}`}>{text('line')}</Link>}
        {has('compliance') && <Link to={`/audit?customer_id=${customer.customer_id}`}>{text('trail')}</Link>}
      </PageHead>
      <Pairs
        pairs={[
          [text('name'), customer.name_masked ?? text('none')],
          [text('mobile'), customer.mobile_masked],
          [text('assurance'), customer.assurance],
          [text('since'), <Instant at={customer.created_at} />],
        ]}
      />
      {has('collector', 'compliance') && <Stops customer_id={customer.customer_id} />}
      <Look customer_id={customer.customer_id} />
      <CustomerLoans customer={customer} />
      <CustomerDecisions customer={customer} />
      {has('collector', 'compliance') && <Timeline customer_id={customer.customer_id} />}
    </>
  )
}

function CustomerLoans({ customer }: { customer: Customer }) {
  const text = useText(texts)
  const { has } = useMe()
  const opens = has('finance', 'collector', 'compliance')
  return (
    <Section title={text('title')}>
      <Lines
        label={text('title')}
        rows={customer.loans}
        rowKey={(loan) => loan.loan_id}
        empty={text('none')}
        columns={[
          {
            key: 'loan',
            title: text('loan'),
            show: (loan) =>
              opens ? (
                <Link to={`/loans/${loan.loan_id}`}>
                  <ShortId id={loan.loan_id} />
                </Link>
              ) : (
                <ShortId id={loan.loan_id} />
              ),
          },
          { key: 'status', title: text('status'), show: (loan) => <Badge kind="loan" status={loan.status} /> },
          { key: 'drawn', title: text('drawnOn'), show: (loan) => <Day on={loan.drawn_on} /> },
          { key: 'rest', title: text('outstanding'), figure: true, show: (loan) => <Money minor={loan.outstanding_minor} /> },
        ]}
      />
    </Section>
  )
}

function CustomerDecisions({ customer }: { customer: Customer }) {
  const text = useText(texts)
  const { has } = useMe()
  const opens = has('reviewer', 'risk', 'compliance')
  return (
    <Section title={text('decisions')}>
      <Lines
        label={text('decisions')}
        rows={customer.decisions}
        rowKey={(line) => line.decision_id}
        empty={text('none')}
        columns={[
          {
            key: 'at',
            title: text('on'),
            show: (line) =>
              opens ? (
                <Link to={`/decisions/${line.decision_id}`}>
                  <Instant at={line.decided_at} />
                </Link>
              ) : (
                <Instant at={line.decided_at} />
              ),
          },
          { key: 'outcome', title: text('outcome'), show: (line) => <Badge kind="outcome" status={line.outcome} /> },
        ]}
      />
    </Section>
  )
}
