import { useText } from '@fenqi/ui'
import { RadioFilter, StatusFilter } from '../../parts/filters'
import { KeyList } from '../../parts/key_list'
import { useMe } from '../../parts/me'
import { PageHead } from '../../parts/page_head'
import { api } from '../../session'
import { cases as texts } from '../../texts/cases'
import { useCaseColumns } from './columns'
import { CaseLinks } from './links'
import { TakeNext } from './take_next'

const HELD = ['nobody', 'mine'] as const

/** The queue: open cases, those with most at stake first. */
export function CasesPage() {
  const text = useText(texts)
  const { has } = useMe()
  const columns = useCaseColumns({ sort: 'due_at' })
  return (
    <>
      <PageHead title={text('title')}>
        <CaseLinks />
        {has('reviewer', 'risk') && <TakeNext />}
      </PageHead>
      <KeyList
        name="cases"
        label={text('title')}
        queryKey={['cases', 'queue']}
        fetchPage={(query) => api.GET('/staff/cases', { params: { query } })}
        fetchFile={(query) => api.GET('/staff/exports/cases', { params: { query }, parseAs: 'text' })}
        rows={(data) => data.cases}
        columns={[...columns, { key: 'with', title: text('takenBy'), show: (line) => line.taken_by ?? text('free') }]}
        rowKey={(line) => line.case_id}
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
        name="held"
        label={text('held')}
        options={[{ value: '', label: text('any') }, ...HELD.map((one) => ({ value: one, label: text(one) }))]}
      />
      <StatusFilter name="kind" label={text('kind')} kind="case_kind" />
      <StatusFilter name="level" label={text('level')} kind="case_level" />
    </>
  )
}
