import { useText } from '@fenqi/ui'
import { StatusFilter } from '../../parts/filters'
import { KeyList } from '../../parts/key_list'
import { PageHead } from '../../parts/page_head'
import { api } from '../../session'
import { hardship as texts } from '../../texts/hardship'
import { useHardshipColumns } from './columns'
import { HardshipLinks } from './links'

/** The worklist: what waits for an answer, the most urgent first. */
export function HardshipListPage() {
  const text = useText(texts)
  const columns = useHardshipColumns({ sort: 'answer_due_on' })
  return (
    <>
      <PageHead title={text('title')}>
        <HardshipLinks />
      </PageHead>
      <KeyList
        name="hardship"
        label={text('title')}
        queryKey={['hardship', 'waiting']}
        fetchPage={(query) => api.GET('/staff/hardship', { params: { query } })}
        fetchFile={(query) => api.GET('/staff/exports/hardship', { params: { query }, parseAs: 'text' })}
        rows={(data) => data.requests}
        columns={columns}
        rowKey={(line) => line.request_id}
        empty={text('empty')}
        tools={<StatusFilter name="level" label={text('level')} kind="hardship_level" />}
      />
    </>
  )
}
