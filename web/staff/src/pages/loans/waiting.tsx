import { Instant, useText, type Shape } from '@fenqi/ui'
import { Link } from 'react-router'
import { ChoiceFilter, TextFilter } from '../../parts/filters'
import { KeyList } from '../../parts/key_list'
import type { Column } from '../../parts/lines'
import { PageHead } from '../../parts/page_head'
import { ShortId } from '../../parts/short_id'
import { api } from '../../session'
import { loanChange } from '../../texts/loan_change'
import { KINDS } from './change_fields'

/** Changes of loans that wait for a second person, the oldest first. */
export function WaitingChangesPage() {
  const text = useText(loanChange)
  return (
    <>
      <PageHead title={text('waiting')} />
      <KeyList
        name="loan-changes"
        label={text('waiting')}
        queryKey={['loan-changes']}
        fetchPage={(query) => api.GET('/staff/loan-changes', { params: { query } })}
        fetchFile={(query) => api.GET('/staff/exports/loan-changes', { params: { query }, parseAs: 'text' })}
        rows={(data) => data.changes}
        columns={useColumns()}
        rowKey={(change) => change.change_id}
        empty={text('noneWaiting')}
        tools={<Filters />}
      />
    </>
  )
}

function Filters() {
  const text = useText(loanChange)
  return (
    <>
      <ChoiceFilter
        name="kind"
        label={text('kind')}
        options={KINDS.map((kind) => ({ value: kind, label: text(`kind_${kind}`) }))}
      />
      <TextFilter name="proposed_by" label={text('proposedBy')} />
    </>
  )
}

function useColumns(): Column<Shape['ChangeShape']>[] {
  const text = useText(loanChange)
  return [
    {
      key: 'loan',
      title: text('loan'),
      show: (change) => (
        <Link to={`/loans/${change.loan_id}`}>
          <ShortId id={change.loan_id} />
        </Link>
      ),
    },
    { key: 'kind', title: text('kind'), sort: 'kind', show: (change) => text(`kind_${change.kind}`) },
    { key: 'reason', title: text('why'), show: (change) => change.reason },
    { key: 'by', title: text('proposedBy'), sort: 'proposed_by', show: (change) => change.proposed_by },
    { key: 'at', title: text('recordedAt'), sort: 'proposed_at', show: (change) => <Instant at={change.proposed_at} /> },
  ]
}
