import { amount, ask, Asked, day, Day, Money, RefusalNotice, useLanguage, useText, useToken, type Shape } from '@fenqi/ui'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link, useParams } from 'react-router'
import { Heading } from '../../parts/heading'
import { api, session } from '../../session'
import { bills } from '../../texts/bills'
import { Enter } from '../session/enter'
import { Owed } from './owed'
import { downloadPdf } from './pdf'
import { Standing } from './standing'

/** One bill, line by line, and its statement to take away. */
export function BillPage() {
  const { billId = '' } = useParams()
  const token = useToken(session)
  return token ? <Bill billId={billId} /> : <Enter />
}

function Bill({ billId }: { billId: string }) {
  const text = useText(bills)
  const { language } = useLanguage()
  const query = useQuery({
    queryKey: ['bills', billId],
    queryFn: () => ask(api.GET('/h5/bills/{bill_id}', { params: { path: { bill_id: billId } } })),
  })
  const saving = useMutation({ mutationFn: () => downloadPdf(billId, language) })
  return (
    <>
      <Link to="/bills" className="soft">
        ‹ {text('back')}
      </Link>
      <Asked query={query}>
        {(bill) => (
          <>
            <Told bill={bill} />
            <Lines bill={bill} />
          </>
        )}
      </Asked>
      <button type="button" className="button" data-look="quiet" disabled={saving.isPending} onClick={() => saving.mutate()}>
        {text('pdf')}
      </button>
      {saving.isError && <RefusalNotice error={saving.error} />}
    </>
  )
}

function Told({ bill }: { bill: Shape['WholeBillShape'] }) {
  const text = useText(bills)
  const { language } = useLanguage()
  return (
    <section className="card">
      <div className="row">
        <Heading>{text('due', { on: day(bill.due_on, language) })}</Heading>
        <Standing status={bill.status} />
      </div>
      <small className="soft">
        {text(`mode_${bill.mode}`)} · {text('billed', { on: day(bill.billed_on, language) })}
      </small>
      <Owed bill={bill}>
        {bill.carried_minor > 0 && (
          <div>
            <dt>{text('carried')}</dt>
            <dd>
              <Money minor={bill.carried_minor} currency={bill.currency} />
            </dd>
          </div>
        )}
      </Owed>
    </section>
  )
}

function Lines({ bill }: { bill: Shape['WholeBillShape'] }) {
  const text = useText(bills)
  const { language } = useLanguage()
  return (
    <section className="card">
      <h2>{text('lines')}</h2>
      <div className="scroll" tabIndex={0} role="region" aria-label={text('lines')}>
        <table className="plan">
          <caption className="unseen">{text('lines')}</caption>
          <thead>
            <tr>
              <th scope="col">{text('loan')}</th>
              <th scope="col">{text('instalment')}</th>
              <th scope="col">{text('dueOn')}</th>
              <th scope="col" className="figure">{text('cost')}</th>
              <th scope="col" className="figure">{text('left')}</th>
            </tr>
          </thead>
          <tbody>
            {bill.lines.map((line) => (
              <tr key={`${line.loan_id}-${line.instalment}`}>
                <td>
                  <Link to={`/loans/${line.loan_id}`}>{line.loan_id.slice(-8)}</Link>
                </td>
                <td>{line.instalment}</td>
                <td>
                  <Day on={line.due_on} />
                </td>
                <td className="figure">{amount(line.total_minor, language)}</td>
                <td className="figure">{amount(line.left_minor, language)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}
