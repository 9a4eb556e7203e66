import { ask, Asked, Badge, day, Day, Money, useLanguage, useText, useToken, type Shape } from '@fenqi/ui'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from 'react-router'
import { Documents } from '../../parts/documents'
import { Heading } from '../../parts/heading'
import { api, session } from '../../session'
import { complaint } from '../../texts/complaint'
import { credit } from '../../texts/credit'
import { Enter } from '../session/enter'
import { Paid } from './paid'
import { Pay } from './pay'
import { usePaying } from './paying'
import { Schedule } from './schedule'
import { Timeline } from './timeline'
import { WhatIf } from './what_if'
import { Withdraw } from './withdraw'

const at = (loanId: string) => ({ params: { path: { loan_id: loanId } } })

/** One loan: what is owed and when, paying, and its documents. */
export function LoanPage() {
  const { loanId = '' } = useParams()
  const token = useToken(session)
  return token ? <Loan loanId={loanId} /> : <Enter />
}

function Loan({ loanId }: { loanId: string }) {
  const text = useText(credit)
  const heard = useText(complaint)
  const paying = usePaying(loanId)
  const loan = useQuery({
    queryKey: ['loan', loanId],
    refetchOnWindowFocus: 'always',
    queryFn: () => ask(api.GET('/h5/loans/{loan_id}', at(loanId))),
  })
  const documents = useQuery({
    queryKey: ['loan-documents', loanId],
    queryFn: () => ask(api.GET('/h5/loans/{loan_id}/documents', at(loanId))),
  })
  return (
    <>
      <Link to="/" className="soft">
        ‹ {text('back')}
      </Link>
      <Asked query={loan}>
        {(found) => (
          <>
            <Standing loan={found} />
            <Paid paying={paying} />
            {found.payoff_minor > 0 && !paying.lost && <Pay loan={found} paying={paying} />}
            {found.withdrawal?.is_open && !paying.lost && (
              <Withdraw withdrawal={found.withdrawal} currency={found.currency} paying={paying} />
            )}
            <Schedule loan={found} />
            {found.payoff_minor > 0 && !paying.lost && <WhatIf loan={found} paying={paying} />}
            <Timeline loan={found} />
          </>
        )}
      </Asked>
      <Link to={`/complaints?loan=${loanId}`} className="button" data-look="quiet">
        {heard('fromLoan')}
      </Link>
      <Asked query={documents}>{(found) => <Documents documents={found.documents} />}</Asked>
    </>
  )
}

function Standing({ loan }: { loan: Shape['LoanShape'] }) {
  const text = useText(credit)
  const { language } = useLanguage()
  return (
    <section className="card">
      <div className="row">
        <Heading>
          <Money minor={loan.principal_minor} currency={loan.currency} />
        </Heading>
        <Badge kind="loan" status={loan.status} />
      </div>
      <small className="soft">{text('asOf', { on: day(loan.as_of, language) })}</small>
      {loan.days_past_due > 0 && (
        <div className="notice" data-tone="bad" role="alert">
          <strong>! {text('lateTitle', { days: loan.days_past_due })}</strong>
          <span>{text('lateHelp')}</span>
          <span>
            {text('lateAmount')} <Money minor={loan.overdue.total_minor} currency={loan.currency} />
          </span>
        </div>
      )}
      <dl className="figures">
        <div className="large">
          <dt>{text('outstanding')}</dt>
          <dd>
            <Money minor={loan.outstanding.total_minor} currency={loan.currency} />
          </dd>
        </div>
        {loan.next_due_on && (
          <div className="large">
            <dt>
              {text('nextDue')} <Day on={loan.next_due_on} />
            </dt>
            <dd>
              <Money minor={loan.next_due_minor} currency={loan.currency} />
            </dd>
          </div>
        )}
        {loan.overpaid_minor > 0 && (
          <div>
            <dt>{text('overpaid')}</dt>
            <dd>
              <Money minor={loan.overpaid_minor} currency={loan.currency} />
            </dd>
          </div>
        )}
      </dl>
      {loan.status === 'closed' && <p role="status">✓ {text('closed')}</p>}
    </section>
  )
}
