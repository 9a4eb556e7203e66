import { ask, useText } from '@fenqi/ui'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useAddress } from '../../parts/address'
import { KeyList } from '../../parts/key_list'
import { PageHead } from '../../parts/page_head'
import { api } from '../../session'
import { hardship as texts } from '../../texts/hardship'
import { useHardshipColumns } from './columns'
import { HardshipLinks } from './links'

/** The worklist: what waits for an answer, the most urgent first. */
export function HardshipListPage() {
  const text = useText(texts)
  const address = useAddress()
  const columns = useHardshipColumns()
  const query = useQuery({
    queryKey: ['hardship', 'waiting', address.query],
    queryFn: () => ask(api.GET('/staff/hardship', { params: { query: address.query } })),
    placeholderData: keepPreviousData,
  })
  return (
    <>
      <PageHead title={text('title')}>
        <HardshipLinks />
      </PageHead>
      <KeyList
        name="hardship"
        label={text('title')}
        query={query}
        rows={(data) => data.requests}
        next={(data) => data.next}
        columns={columns}
        rowKey={(line) => line.request_id}
        empty={text('empty')}
      />
    </>
  )
}
