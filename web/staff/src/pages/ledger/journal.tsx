import { useText } from '@fenqi/ui'
import { InputNumber } from 'antd'
import { useAddress } from '../../parts/address'
import { ChoiceFilter, DaysFilter, TextFilter } from '../../parts/filters'
import { KeyList } from '../../parts/key_list'
import { Labelled } from '../../parts/labelled'
import { useLegColumns } from '../../parts/leg_lines'
import { PageHead } from '../../parts/page_head'
import { api } from '../../session'
import { books as texts } from '../../texts/books'
import { ACCOUNT_KINDS, accountNames, TRANSACTION_KINDS, transactionKinds } from '../../texts/names'

const BUCKET_MAX = 255

/** The journal of a bucket, in the order written. */
export function JournalPage() {
  const text = useText(texts)
  const columns = useLegColumns()
  return (
    <>
      <PageHead title={text('journal')} />
      <KeyList
        name="journal"
        label={text('journal')}
        queryKey={['ledger', 'journal']}
        fetchPage={(query) => api.GET('/staff/ledger/journal', { params: { query } })}
        fetchFile={(query) => api.GET('/staff/exports/journal', { params: { query }, parseAs: 'text' })}
        rows={(data) => data.legs}
        columns={[{ key: 'bucket', title: text('bucket'), figure: true, show: (leg) => leg.bucket }, ...columns]}
        rowKey={(leg) => String(leg.seq)}
        empty={text('journalEmpty')}
        tools={<Filters />}
      />
    </>
  )
}

function Filters() {
  const text = useText(texts)
  const account = useText(accountNames)
  const kind = useText(transactionKinds)
  const { value, filter } = useAddress()
  return (
    <>
      <Labelled label={text('bucket')}>
        {(id) => (
          <InputNumber
            id={id}
            min={0}
            max={BUCKET_MAX}
            precision={0}
            disabled={value('loan_id') !== ''}
            placeholder={text('firstBucket')}
            value={value('bucket') === '' ? null : Number(value('bucket'))}
            onChange={(bucket) => filter({ bucket: bucket === null ? '' : String(bucket) })}
          />
        )}
      </Labelled>
      <TextFilter name="loan_id" label={text('loanId')} />
      <ChoiceFilter
        name="kind"
        label={text('kind')}
        options={TRANSACTION_KINDS.map((one) => ({ value: one, label: kind(one) }))}
      />
      <ChoiceFilter
        name="account"
        label={text('account')}
        options={ACCOUNT_KINDS.map((one) => ({ value: one, label: account(one) }))}
      />
      <DaysFilter what={text('effectiveOn')} />
    </>
  )
}
