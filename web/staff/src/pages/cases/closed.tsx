import { ask, Badge, Instant, useText } from '@fenqi/ui'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useAddress } from '../../parts/address'
import { KeyList } from '../../parts/key_list'
import { PageHead } from '../../parts/page_head'
import { api } from '../../session'
import { cases as texts } from '../../texts/cases'
import { useCaseColumns } from './columns'
import { CaseLinks } from './links'

/** Cases that have ended, newest first. */
export function ClosedCasesPage() {
  const text = useText(texts)
  const address = useAddress()
  const columns = useCaseColumns()
  const query = useQuery({
    queryKey: ['cases', 'closed', address.query],
    queryFn: () => ask(api.GET('/staff/closed-cases', { params: { query: address.query } })),
    placeholderData: keepPreviousData,
  })
  return (
    <>
      <PageHead title={text('closedTitle')}>
        <CaseLinks />
      </PageHead>
      <KeyList
        name="closed-cases"
        label={text('closedTitle')}
        query={query}
        rows={(data) => data.cases}
        next={(data) => data.next}
        columns={[
          ...columns,
          { key: 'closed', title: text('closedAt'), show: (line) => line.closed_at && <Instant at={line.closed_at} /> },
          { key: 'by', title: text('closedBy'), show: (line) => line.closed_by },
          {
            key: 'found',
            title: text('found'),
            show: (line) => line.disposition && <Badge kind="finding" status={line.disposition} />,
          },
        ]}
        rowKey={(line) => line.case_id}
        empty={text('closedEmpty')}
      />
    </>
  )
}
