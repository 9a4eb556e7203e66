import { ask, Asked, instant, Money, useLanguage, useText, type Shape } from '@fenqi/ui'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { Heading } from '../../parts/heading'
import { api } from '../../session'
import { creditRecord } from '../../texts/credit_record'
import { Told } from './told'

type Found = Shape['OwnCreditRecordShape']

/** Who asked a bureau about oneself, and what it is told of one's loans. */
export function CreditRecordPage() {
  const text = useText(creditRecord)
  const query = useQuery({ queryKey: ['credit-record'], queryFn: () => ask(api.GET('/h5/credit-record')) })
  return (
    <>
      <Link to="/" className="soft">
        ‹ {text('back')}
      </Link>
      <Heading>{text('title')}</Heading>
      <Asked query={query}>
        {(found) => (
          <>
            <Enquiries enquiries={found.enquiries} />
            <Records found={found} />
          </>
        )}
      </Asked>
    </>
  )
}

function Enquiries({ enquiries }: { enquiries: Found['enquiries'] }) {
  const text = useText(creditRecord)
  const { language } = useLanguage()
  return (
    <section className="stack">
      <h2>{text('enquiries')}</h2>
      <p className="soft">{text('enquiriesHelp')}</p>
      {enquiries.length === 0 && <p className="placeholder">{text('noEnquiries')}</p>}
      {enquiries.map((each) => (
        <article key={each.enquiry_id} className="card">
          <h3>{instant(each.asked_at, language)}</h3>
          <p>
            {text(each.purpose)} · {each.bureau}
          </p>
          <p>{text(each.is_answered ? 'answered' : 'unanswered')}</p>
          {each.authorised_at && <p className="soft">{text('authorised', { at: instant(each.authorised_at, language) })}</p>}
          {each.reference && <p className="soft">{text('reference', { reference: each.reference })}</p>}
        </article>
      ))}
    </section>
  )
}

function Records({ found }: { found: Found }) {
  const text = useText(creditRecord)
  return (
    <section className="stack">
      <h2>{text('records')}</h2>
      <p className="soft">{text('recordsHelp', { days: found.notice_days })}</p>
      <p className="soft">{text('objectionHelp', { days: found.objection_days, source: found.objection_source })}</p>
      {found.records.length === 0 && <p className="placeholder">{text('noRecords')}</p>}
      {found.records.map((record) => (
        <article key={`${record.loan_id} ${record.month_on} ${record.version}`} className="card">
          <Told record={record} />
          <dl className="figures">
            <div>
              <dt>{text('balance')}</dt>
              <dd>
                <Money minor={record.balance_minor} currency={record.currency} />
              </dd>
            </div>
            {record.overdue_minor > 0 && (
              <div>
                <dt>{text('overdueAmount')}</dt>
                <dd>
                  <Money minor={record.overdue_minor} currency={record.currency} />
                </dd>
              </div>
            )}
          </dl>
          <Link to={`/complaints?loan=${record.loan_id}&cause=credit_record`} className="button" data-look="quiet">
            {text('objection')}
          </Link>
        </article>
      ))}
    </section>
  )
}
