import { ask, Asked, Badge, Money, useText, type Shape } from '@fenqi/ui'
import { useQuery } from '@tanstack/react-query'
import { Input } from 'antd'
import { useParams } from 'react-router'
import { useAddress } from '../../parts/address'
import { Labelled } from '../../parts/labelled'
import { useMe } from '../../parts/me'
import { PageHead } from '../../parts/page_head'
import { Pairs } from '../../parts/pairs'
import { Section } from '../../parts/section'
import { api } from '../../session'
import { loans as texts } from '../../texts/loans'
import { LoanAccounts } from './accounts'
import { LoanFile } from './file'
import { LoanLegs } from './legs'
import { Schedule } from './schedule'
import { Timeline } from './timeline'

type Loan = Shape['LoanShape']

/** One loan as it stood, stands or will stand on a day, with everything that belongs to it. */
export function LoanPage() {
  const { loan_id = '' } = useParams()
  const { has } = useMe()
  const on = useAddress().value('on')
  const query = useQuery({
    queryKey: ['loans', loan_id, on],
    queryFn: () =>
      ask(api.GET('/staff/loans/{loan_id}', { params: { path: { loan_id }, query: on ? { on } : {} } })),
  })
  return (
    <Asked query={query}>
      {(loan) => (
        <>
          <Head loan={loan} />
          <LoanFile loan_id={loan_id} />
          <Owed loan={loan} />
          <Schedule loan={loan} />
          <Timeline loan={loan} />
          {has('finance', 'compliance') && (
            <>
              <LoanLegs loan_id={loan_id} />
              <LoanAccounts loan_id={loan_id} />
            </>
          )}
        </>
      )}
    </Asked>
  )
}

function Head({ loan }: { loan: Loan }) {
  const text = useText(texts)
  const { filter } = useAddress()
  return (
    <PageHead title={`${text('one')} ${loan.loan_id.slice(-8)}`}>
      <Badge kind="loan" status={loan.status} />
      <Labelled label={text('asOf')}>
        {(id) => (
          <Input id={id} type="date" value={loan.as_of} onChange={(event) => filter({ on: event.target.value })} />
        )}
      </Labelled>
    </PageHead>
  )
}

function Owed({ loan }: { loan: Loan }) {
  const text = useText(texts)
  const money = (minor: number) => <Money minor={minor} currency={loan.currency} />
  const { outstanding } = loan
  return (
    <Section title={text('owed')}>
      <Pairs
        pairs={[
          [text('owedBy'), <strong>{money(outstanding.total_minor)}</strong>],
          [text('principal'), money(outstanding.principal_minor)],
          [text('interest'), money(outstanding.interest_minor)],
          [text('fee'), money(outstanding.fee_minor)],
          [text('penalty'), money(outstanding.penalty_minor)],
          [text('overdue'), money(loan.overdue.total_minor)],
          [text('dpd'), loan.days_past_due],
          [text('payoff'), money(loan.payoff_minor)],
          [text('owedTo'), <strong>{money(loan.overpaid_minor)}</strong>],
        ]}
      />
    </Section>
  )
}
