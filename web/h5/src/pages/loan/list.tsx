import { ask, Asked, Badge, Day, Money, money, useLanguage, useText, useToken, type Shape } from '@fenqi/ui'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { Heading } from '../../parts/heading'
import { api, session } from '../../session'
import { bills } from '../../texts/bills'
import { complaint } from '../../texts/complaint'
import { creditRecord } from '../../texts/credit_record'
import { credit } from '../../texts/credit'
import { hardship } from '../../texts/hardship'
import { inbox } from '../../texts/inbox'
import { limit } from '../../texts/limit'
import { Enter } from '../session/enter'

/** One's own credit: the limit, what is used of it, and the loans. */
export function LoansPage() {
  const token = useToken(session)
  return token ? <Credit /> : <Enter />
}

function Credit() {
  const text = useText(credit)
  const told = useText(inbox)
  const around = useText(bills)
  const help = useText(hardship)
  const heard = useText(complaint)
  const line = useText(limit)
  const looked = useText(creditRecord)
  const me = useQuery({ queryKey: ['me'], queryFn: () => ask(api.GET('/h5/me')) })
  const loans = useQuery({ queryKey: ['loans'], queryFn: () => ask(api.GET('/h5/loans')) })
  return (
    <>
      <Heading>{text('title')}</Heading>
      <Asked query={me}>{(found) => <Line me={found} />}</Asked>
      <Link to="/limit" className="button" data-look="quiet">
        {line('open')}
      </Link>
      <Link to="/bills" className="button" data-look="quiet">
        {around('open')}
      </Link>
      <Link to="/inbox" className="button" data-look="quiet">
        {told('title')}
      </Link>
      <Link to="/hardship" className="button" data-look="quiet">
        {help('title')}
      </Link>
      <Link to="/complaints" className="button" data-look="quiet">
        {heard('title')}
      </Link>
      <Link to="/credit-record" className="button" data-look="quiet">
        {looked('title')}
      </Link>
      <section className="stack">
        <h2>{text('loans')}</h2>
        <Asked query={loans} isEmpty={(found) => found.loans.length === 0} empty={<NoLoans />}>
          {(found) => found.loans.map((loan) => <LoanCard key={loan.loan_id} loan={loan} />)}
        </Asked>
      </section>
    </>
  )
}

function Line({ me }: { me: Shape['MeShape'] }) {
  const text = useText(credit)
  const { language } = useLanguage()
  const told = { used: money(me.used_minor, language), limit: money(me.limit_minor, language) }
  return (
    <section className="card">
      <p className="soft">{text('hello', { name: me.name_masked ?? '', mobile: me.mobile_masked })}</p>
      {me.limit_minor === 0 && <p>{text('noLimit')}</p>}
      <dl className="figures">
        <div className="large">
          <dt>{text('available')}</dt>
          <dd>
            <Money minor={me.available_minor} currency={me.currency} />
          </dd>
        </div>
        <div className="large">
          <dt>{text('used')}</dt>
          <dd>
            <Money minor={me.used_minor} currency={me.currency} />
          </dd>
        </div>
      </dl>
      {me.limit_minor > 0 && (
        <>
          <meter value={me.used_minor} max={me.limit_minor} aria-label={text('usedOf', told)} />
          <small className="soft">{text('usedOf', told)}</small>
        </>
      )}
    </section>
  )
}

function LoanCard({ loan }: { loan: Shape['LoanLine'] }) {
  const text = useText(credit)
  return (
    <Link to={`/loans/${loan.loan_id}`} className="card loan-link">
      <div className="row">
        <Badge kind="loan" status={loan.status} />
        <span className="soft">
          {text('drawnOn')} <Day on={loan.drawn_on} />
        </span>
      </div>
      <dl className="figures">
        <div className="large">
          <dt>{text('outstanding')}</dt>
          <dd>
            <Money minor={loan.outstanding_minor} currency={loan.currency} />
          </dd>
        </div>
        <div>
          <dt>{text('principal')}</dt>
          <dd>
            <Money minor={loan.principal_minor} currency={loan.currency} />
          </dd>
        </div>
        {loan.next_due_on && (
          <div>
            <dt>{text('nextDue')}</dt>
            <dd>
              <Day on={loan.next_due_on} />
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
    </Link>
  )
}

function NoLoans() {
  const text = useText(credit)
  return (
    <>
      <p>{text('noLoans')}</p>
      <a className="button" data-look="quiet" href="/shop">
        {text('toShop')}
      </a>
    </>
  )
}
