import { ask, Asked, useText } from '@fenqi/ui'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { InputNumber } from 'antd'
import { useAddress } from '../../parts/address'
import { Labelled } from '../../parts/labelled'
import { LegLines } from '../../parts/leg_lines'
import { PageHead } from '../../parts/page_head'
import { Pager } from '../../parts/pager'
import { api } from '../../session'
import { books as texts } from '../../texts/books'

const BUCKET_MAX = 255

/** The journal of a bucket, in the order written. */
export function JournalPage() {
  const text = useText(texts)
  const address = useAddress()
  const query = useQuery({
    queryKey: ['ledger', 'journal', address.query],
    queryFn: () => ask(api.GET('/staff/ledger/journal', { params: { query: address.query } })),
    placeholderData: keepPreviousData,
  })
  return (
    <>
      <PageHead title={text('journal')}>
        <Labelled label={text('bucket')}>
          {(id) => (
            <InputNumber
              id={id}
              min={0}
              max={BUCKET_MAX}
              precision={0}
              value={Number(address.value('bucket') || 0)}
              onChange={(bucket) => address.filter({ bucket: String(bucket ?? 0) })}
            />
          )}
        </Labelled>
      </PageHead>
      <Asked query={query} isEmpty={(data) => data.legs.length === 0} empty={text('journalEmpty')}>
        {(data) => (
          <>
            <LegLines legs={data.legs} />
            <Pager next={data.next} />
          </>
        )}
      </Asked>
    </>
  )
}
