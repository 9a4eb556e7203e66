import { ask, Asked, Badge, useText } from '@fenqi/ui'
import { useQuery } from '@tanstack/react-query'
import { useParams } from 'react-router'
import { useAddress } from '../../parts/address'
import { useMe } from '../../parts/me'
import { PageHead } from '../../parts/page_head'
import { api } from '../../session'
import { loans as texts } from '../../texts/loans'
import { LoanAccounts } from './accounts'
import { ChangeLoan } from './change'
import { Changes } from './changes'
import { LoanFile } from './file'
import { LoanLegs } from './legs'
import { Schedule } from './schedule'
import { Standing } from './standing'
import { Timeline } from './timeline'
import { NotNow, When } from './when'

/** One loan as it stood, stands or will stand on a day, as known at an instant, with everything that belongs to it. */
export function LoanPage() {
  const text = useText(texts)
  const { loan_id = '' } = useParams()
  const { has } = useMe()
  const { value } = useAddress()
  const on = value('on')
  const known_at = value('known_at')
  const query = useQuery({
    queryKey: ['loans', loan_id, on, known_at],
    queryFn: () =>
      ask(
        api.GET('/staff/loans/{loan_id}', {
          params: { path: { loan_id }, query: { ...(on ? { on } : {}), ...(known_at ? { known_at } : {}) } },
        }),
      ),
  })
  const isNow = !on && !known_at
  return (
    <Asked query={query}>
      {(loan) => (
        <>
          <PageHead title={`${text('one')} ${loan.loan_id.slice(-8)}`}>
            <Badge kind="loan" status={loan.status} />
            <When loan={loan} />
          </PageHead>
          <NotNow loan={loan} on={on} />
          <LoanFile loan_id={loan_id} />
          <Standing loan={loan} />
          <Schedule loan={loan} />
          <Timeline loan={loan} />
          {isNow && has('finance', 'collector') && <ChangeLoan loan={loan} />}
          <Changes loan_id={loan_id} />
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
