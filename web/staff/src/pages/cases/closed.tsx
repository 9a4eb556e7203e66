import { Badge, Instant, useText } from '@fenqi/ui'
import { DaysFilter, StatusFilter, TextFilter } from '../../parts/filters'
import { KeyList } from '../../parts/key_list'
import { PageHead } from '../../parts/page_head'
import { api } from '../../session'
import { cases as texts } from '../../texts/cases'
import { useCaseColumns } from './columns'
import { CaseLinks } from './links'

/** Cases that have ended, newest first. */
export function ClosedCasesPage() {
  const text = useText(texts)
  const columns = useCaseColumns()
  return (
    <>
      <PageHead title={text('closedTitle')}>
        <CaseLinks />
      </PageHead>
      <KeyList
        name="closed-cases"
        label={text('closedTitle')}
        queryKey={['cases', 'closed']}
        fetchPage={(query) => api.GET('/staff/closed-cases', { params: { query } })}
        fetchFile={(query) => api.GET('/staff/exports/closed-cases', { params: { query }, parseAs: 'text' })}
        rows={(data) => data.cases}
        columns={[
          ...columns,
          {
            key: 'closed',
            title: text('closedAt'),
            sort: '-closed_at',
            show: (line) => line.closed_at && <Instant at={line.closed_at} />,
          },
          { key: 'by', title: text('closedBy'), show: (line) => line.closed_by },
          {
            key: 'found',
            title: text('found'),
            show: (line) => line.disposition && <Badge kind="finding" status={line.disposition} />,
          },
        ]}
        rowKey={(line) => line.case_id}
        empty={text('closedEmpty')}
        tools={<Filters />}
      />
    </>
  )
}

function Filters() {
  const text = useText(texts)
  return (
    <>
      <StatusFilter name="kind" label={text('kind')} kind="case_kind" />
      <StatusFilter name="found" label={text('found')} kind="finding" />
      <TextFilter name="closed_by" label={text('closedBy')} />
      <DaysFilter what={text('closedAt')} />
    </>
  )
}
