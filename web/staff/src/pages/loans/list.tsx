import { Badge, Day, Money, useText, type Shape } from '@fenqi/ui'
import { Link } from 'react-router'
import { DaysFilter, FlagFilter, RadioFilter, TextFilter } from '../../parts/filters'
import { KeyList } from '../../parts/key_list'
import type { Column } from '../../parts/lines'
import { useMe } from '../../parts/me'
import { PageHead } from '../../parts/page_head'
import { ShortId } from '../../parts/short_id'
import { api } from '../../session'
import { loanChange } from '../../texts/loan_change'
import { loans as texts } from '../../texts/loans'

type Line = Shape['StaffLoanLine']

const STATUSES = ['agreed', 'active', 'overpaid', 'closed'] as const

/** Loans, newest first. */
export function LoansPage() {
  const text = useText(texts)
  const change = useText(loanChange)
  const { has } = useMe()
  return (
    <>
      <PageHead title={text('title')}>
        {has('finance', 'compliance') && <Link to="/loan-changes">{change('waiting')}</Link>}
      </PageHead>
      <KeyList
        name="loans"
        label={text('title')}
        queryKey={['loans']}
        fetchPage={(query) => api.GET('/staff/loans', { params: { query } })}
        fetchFile={(query) => api.GET('/staff/exports/loans', { params: { query }, parseAs: 'text' })}
        rows={(data) => data.loans}
        columns={useColumns()}
        rowKey={(line) => line.loan_id}
        empty={text('empty')}
        tools={<Filters />}
      />
    </>
  )
}

function Filters() {
  const text = useText(texts)
  return (
    <>
      <RadioFilter
        name="status"
        label={text('status')}
        options={[{ value: '', label: text('all') }, ...STATUSES.map((one) => ({ value: one, label: text(one) }))]}
      />
      <FlagFilter name="late" label={text('late')} />
      <DaysFilter what={text('drawnOn')} />
      <TextFilter name="product_id" label={text('product')} />
    </>
  )
}

function useColumns(): Column<Line>[] {
  const text = useText(texts)
  return [
    {
      key: 'loan_id',
      title: text('loan'),
      show: (line) => (
        <Link to={`/loans/${line.loan_id}`}>
          <ShortId id={line.loan_id} />
        </Link>
      ),
    },
    { key: 'status', title: text('status'), show: (line) => <Badge kind="loan" status={line.status} /> },
    { key: 'drawn', title: text('drawnOn'), sort: '-drawn_on', show: (line) => <Day on={line.drawn_on} /> },
    {
      key: 'principal',
      title: text('principal'),
      figure: true,
      sort: '-principal_minor',
      show: (line) => <Money minor={line.principal_minor} currency={line.currency} />,
    },
    {
      key: 'outstanding',
      title: text('outstanding'),
      figure: true,
      sort: '-outstanding_minor',
      show: (line) => <Money minor={line.outstanding_minor} currency={line.currency} />,
    },
    { key: 'next', title: text('nextDueOn'), show: (line) => line.next_due_on && <Day on={line.next_due_on} /> },
    {
      key: 'unpaid',
      title: text('unpaidDueOn'),
      sort: 'unpaid_due_on',
      show: (line) => line.unpaid_due_on && <Day on={line.unpaid_due_on} />,
    },
    { key: 'dpd', title: text('dpd'), figure: true, show: (line) => line.days_past_due },
    { key: 'product', title: text('product'), show: (line) => <code>{line.product_id}</code> },
    {
      key: 'overpaid',
      title: text('overpaidAmount'),
      figure: true,
      isHidden: true,
      show: (line) => <Money minor={line.overpaid_minor} currency={line.currency} />,
    },
    { key: 'merchant', title: text('merchant'), isHidden: true, show: (line) => <ShortId id={line.merchant_id} /> },
  ]
}
