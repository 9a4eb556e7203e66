import { Instant, useText, type Shape } from '@fenqi/ui'
import { DaysFilter, FlagFilter, TextFilter } from '../../parts/filters'
import { KeyList } from '../../parts/key_list'
import type { Column } from '../../parts/lines'
import { useMe } from '../../parts/me'
import { PageHead } from '../../parts/page_head'
import { ShortId } from '../../parts/short_id'
import { api } from '../../session'
import { creditReports as texts } from '../../texts/credit_reports'
import { CreditLinks } from './links'

type Line = Shape['EnquiryLine']

/** Every question put to a credit bureau. */
export function CreditEnquiriesPage() {
  const text = useText(texts)
  const { has } = useMe()
  const columns: Column<Line>[] = [
    { key: 'asked', title: text('asked'), sort: '-asked_at', show: (line) => <Instant at={line.asked_at} /> },
    { key: 'customer', title: text('customer'), show: (line) => <ShortId id={line.customer_id} /> },
    { key: 'purpose', title: text('purpose'), show: (line) => text(line.purpose) },
    { key: 'bureau', title: text('bureau'), show: (line) => line.bureau },
    { key: 'answered', title: text('answered'), show: (line) => text(line.is_answered ? 'yes' : 'no') },
    { key: 'authorised', title: text('authorised'), show: (line) => line.authorised_at && <Instant at={line.authorised_at} /> },
    { key: 'reference', title: text('reference'), isHidden: true, show: (line) => line.reference },
  ]
  return (
    <>
      <PageHead title={text('enquiriesTitle')}>
        <CreditLinks />
      </PageHead>
      <KeyList
        name="credit-enquiries"
        label={text('enquiriesTitle')}
        queryKey={['credit', 'enquiries']}
        fetchPage={(query) => api.GET('/staff/credit-enquiries', { params: { query } })}
        {...(has('risk', 'compliance') && {
          fetchFile: (query) => api.GET('/staff/exports/credit-enquiries', { params: { query }, parseAs: 'text' }),
        })}
        rows={(data) => data.enquiries}
        columns={columns}
        rowKey={(line) => line.enquiry_id}
        empty={text('noEnquiries')}
        tools={
          <>
            <FlagFilter name="unanswered" label={text('onlyUnanswered')} />
            <TextFilter name="customer_id" label={text('customerId')} />
            <DaysFilter what={text('asked')} />
          </>
        }
      />
    </>
  )
}
