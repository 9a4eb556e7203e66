import { Badge, Day, Instant, Money, useText, type Shape } from '@fenqi/ui'
import { Link } from 'react-router'
import { DayFilter, FlagFilter, TextFilter } from '../../parts/filters'
import { KeyList } from '../../parts/key_list'
import type { Column } from '../../parts/lines'
import { useMe } from '../../parts/me'
import { PageHead } from '../../parts/page_head'
import { ShortId } from '../../parts/short_id'
import { api } from '../../session'
import { creditReports as texts } from '../../texts/credit_reports'
import { Correct } from './correct'
import { CreditLinks } from './links'

type Line = Shape['CreditRecordLine']

/** What the bureau is told of loans, month by month. */
export function CreditRecordsPage() {
  const text = useText(texts)
  const { has } = useMe()
  const columns = useColumns()
  return (
    <>
      <PageHead title={text('recordsTitle')}>
        <CreditLinks />
      </PageHead>
      {has('risk') && <Correct />}
      <KeyList
        name="credit-records"
        label={text('recordsTitle')}
        queryKey={['credit', 'records']}
        fetchPage={(query) => api.GET('/staff/credit-records', { params: { query } })}
        {...(has('risk', 'finance', 'compliance') && {
          fetchFile: (query) => api.GET('/staff/exports/credit-records', { params: { query }, parseAs: 'text' }),
        })}
        rows={(data) => data.records}
        columns={columns}
        rowKey={(line) => line.record_key}
        empty={text('noRecords')}
        tools={
          <>
            <FlagFilter name="adverse" label={text('onlyAdverse')} />
            <FlagFilter name="waiting" label={text('onlyWaiting')} />
            <FlagFilter name="corrected" label={text('onlyCorrected')} />
            <FlagFilter name="rejected" label={text('onlyRejected')} />
            <TextFilter name="loan_id" label={text('loanId')} />
            <DayFilter name="month_on" label={text('monthOn')} />
          </>
        }
      />
    </>
  )
}

function useColumns(): Column<Line>[] {
  const text = useText(texts)
  const { has } = useMe()
  const opens = has('finance', 'collector', 'compliance')
  const minor = (key: 'credit_minor' | 'overdue_31_minor' | 'overdue_61_minor' | 'overdue_91_minor' | 'overdue_181_minor', title: string) => ({
    key,
    title,
    figure: true,
    isHidden: true,
    show: (line: Line) => <Money minor={line[key]} currency={line.currency} />,
  })
  return [
    {
      key: 'loan',
      title: text('loan'),
      show: (line) => (opens ? <Link to={`/loans/${line.loan_id}`}><ShortId id={line.loan_id} /></Link> : <ShortId id={line.loan_id} />),
    },
    { key: 'month', title: text('month'), sort: '-month_on', show: (line) => <Day on={line.month_on} /> },
    { key: 'state', title: text('state'), show: (line) => <Badge kind="account_state" status={line.account_state} /> },
    { key: 'repayment', title: text('repayment'), show: (line) => <code>{line.repayment}</code> },
    { key: 'category', title: text('category'), show: (line) => text(line.category) },
    minor('credit_minor', text('credit')),
    { key: 'balance', title: text('balance'), figure: true, show: (line) => <Money minor={line.balance_minor} currency={line.currency} /> },
    {
      key: 'overdue',
      title: text('overdue'),
      figure: true,
      sort: '-overdue_minor',
      show: (line) => <Money minor={line.overdue_minor} currency={line.currency} />,
    },
    { key: 'count', title: text('count'), figure: true, show: (line) => line.overdue_count },
    minor('overdue_31_minor', text('age31')),
    minor('overdue_61_minor', text('age61')),
    minor('overdue_91_minor', text('age91')),
    minor('overdue_181_minor', text('age181')),
    { key: 'since', title: text('since'), isHidden: true, show: (line) => line.since_on && <Day on={line.since_on} /> },
    { key: 'told', title: text('told'), show: (line) => line.told_at && <Instant at={line.told_at} /> },
    { key: 'sent', title: text('sent'), show: (line) => (line.sent_at ? <Instant at={line.sent_at} /> : text('waitingSent')) },
    { key: 'rejected', title: text('rejectedWhy'), show: (line) => line.rejected_why },
    { key: 'version', title: text('version'), figure: true, show: (line) => line.version },
    { key: 'why', title: text('why'), isHidden: true, show: (line) => line.why },
    { key: 'by', title: text('by'), sort: '-made_at', isHidden: true, show: (line) => line.made_by },
    { key: 'customer', title: text('customer'), isHidden: true, show: (line) => <ShortId id={line.customer_id} /> },
  ]
}
