import { ask, Badge, Day, Money, useText, type Shape } from '@fenqi/ui'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Checkbox, Radio } from 'antd'
import { Link } from 'react-router'
import { useAddress } from '../../parts/address'
import { ExportButton } from '../../parts/export_button'
import { KeyList } from '../../parts/key_list'
import type { Column } from '../../parts/lines'
import { useMe } from '../../parts/me'
import { PageHead } from '../../parts/page_head'
import { ShortId } from '../../parts/short_id'
import { api } from '../../session'
import { loanChange } from '../../texts/loan_change'
import { loans as texts } from '../../texts/loans'

type Line = Shape['StaffLoanLine']
type Asked = { status?: Shape['Status'] }

const STATUSES = ['agreed', 'active', 'overpaid', 'closed'] as const

/** Loans, newest first. */
export function LoansPage() {
  const text = useText(texts)
  const change = useText(loanChange)
  const { has } = useMe()
  const address = useAddress()
  const query = useQuery({
    queryKey: ['loans', address.query],
    queryFn: () => ask(api.GET('/staff/loans', { params: { query: address.query as Asked } })),
    placeholderData: keepPreviousData,
  })
  return (
    <>
      <PageHead title={text('title')}>
        {has('finance', 'compliance') && <Link to="/loan-changes">{change('waiting')}</Link>}
        <ExportButton
          name="loans.csv"
          fetchText={() =>
            api.GET('/staff/exports/loans', { params: { query: address.filters as Asked }, parseAs: 'text' })
          }
        />
      </PageHead>
      <KeyList
        name="loans"
        label={text('title')}
        query={query}
        rows={(data) => data.loans}
        next={(data) => data.next}
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
  const { value, filter } = useAddress()
  return (
    <>
      <Radio.Group
        aria-label={text('status')}
        optionType="button"
        value={value('status')}
        options={[{ value: '', label: text('all') }, ...STATUSES.map((one) => ({ value: one, label: text(one) }))]}
        onChange={(event) => filter({ status: event.target.value as string })}
      />
      <Checkbox checked={value('late') === 'true'} onChange={(event) => filter({ late: event.target.checked ? 'true' : '' })}>
        {text('late')}
      </Checkbox>
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
    { key: 'drawn', title: text('drawnOn'), show: (line) => <Day on={line.drawn_on} /> },
    {
      key: 'principal',
      title: text('principal'),
      figure: true,
      show: (line) => <Money minor={line.principal_minor} currency={line.currency} />,
    },
    {
      key: 'outstanding',
      title: text('outstanding'),
      figure: true,
      show: (line) => <Money minor={line.outstanding_minor} currency={line.currency} />,
    },
    { key: 'next', title: text('nextDueOn'), show: (line) => line.next_due_on && <Day on={line.next_due_on} /> },
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
