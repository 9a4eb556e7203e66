import { ask, Asked, day, useLanguage, useText, useToken, type Shape } from '@fenqi/ui'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { Heading } from '../../parts/heading'
import { api, session } from '../../session'
import { bills } from '../../texts/bills'
import { credit } from '../../texts/credit'
import { Enter } from '../session/enter'
import { Calendar } from './calendar'
import { PayDue } from './pay_due'
import { Owed } from './owed'
import { Standing } from './standing'

/** One's bills, what is due today over all loans, and the calendar. */
export function BillsPage() {
  const token = useToken(session)
  return token ? <Bills /> : <Enter />
}

function Bills() {
  const text = useText(bills)
  const around = useText(credit)
  const query = useQuery({ queryKey: ['bills'], queryFn: () => ask(api.GET('/h5/bills')) })
  return (
    <>
      <Link to="/" className="soft">
        ‹ {around('back')}
      </Link>
      <Heading>{text('title')}</Heading>
      <Asked query={query}>
        {(found) => (
          <>
            <PayDue found={found} />
            <p>
              <Link to="/auto-debit">{text('autoDebit')}</Link>
            </p>
            <section className="stack">
              <h2>{text('title')}</h2>
              {found.bills.length === 0 && <p className="soft">{text('none')}</p>}
              {found.bills.map((bill) => (
                <BillCard key={bill.bill_id} bill={bill} />
              ))}
            </section>
          </>
        )}
      </Asked>
      <Calendar />
    </>
  )
}

function BillCard({ bill }: { bill: Shape['BillShape'] }) {
  const text = useText(bills)
  const { language } = useLanguage()
  return (
    <Link to={`/bills/${bill.bill_id}`} className="card loan-link bill-link">
      <div className="row">
        <Standing status={bill.status} />
        <span className="soft">{text('due', { on: day(bill.due_on, language) })}</span>
      </div>
      <Owed bill={bill} />
    </Link>
  )
}
