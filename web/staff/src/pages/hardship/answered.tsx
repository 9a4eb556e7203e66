import { ask, useText } from '@fenqi/ui'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Radio } from 'antd'
import { useAddress } from '../../parts/address'
import { KeyList } from '../../parts/key_list'
import { PageHead } from '../../parts/page_head'
import { api } from '../../session'
import { hardship as texts } from '../../texts/hardship'
import { useHardshipColumns } from './columns'
import { HardshipLinks } from './links'

const WHICH = ['offered', 'observed', 'ended'] as const

/** Requests that were answered: offered, observed, ended. */
export function AnsweredHardshipPage() {
  const text = useText(texts)
  const address = useAddress()
  const columns = useHardshipColumns()
  const query = useQuery({
    queryKey: ['hardship', 'answered', address.query],
    queryFn: () => ask(api.GET('/staff/answered-hardship', { params: { query: address.query } })),
    placeholderData: keepPreviousData,
  })
  return (
    <>
      <PageHead title={text('answeredTitle')}>
        <HardshipLinks />
      </PageHead>
      <KeyList
        name="answered-hardship"
        label={text('answeredTitle')}
        query={query}
        rows={(data) => data.requests}
        next={(data) => data.next}
        columns={columns}
        rowKey={(line) => line.request_id}
        empty={text('emptyAnswered')}
        tools={
          <Radio.Group
            aria-label={text('which')}
            optionType="button"
            value={address.value('which') || 'offered'}
            options={WHICH.map((one) => ({ value: one, label: text(`list_${one}`) }))}
            onChange={(event) => address.filter({ which: event.target.value as string })}
          />
        }
      />
    </>
  )
}
