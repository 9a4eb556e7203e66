import { useText } from '@fenqi/ui'
import { Radio } from 'antd'
import { useAddress } from '../../parts/address'
import { DaysFilter } from '../../parts/filters'
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
  const columns = useHardshipColumns()
  return (
    <>
      <PageHead title={text('answeredTitle')}>
        <HardshipLinks />
      </PageHead>
      <KeyList
        name="answered-hardship"
        label={text('answeredTitle')}
        queryKey={['hardship', 'answered']}
        fetchPage={(query) => api.GET('/staff/answered-hardship', { params: { query } })}
        fetchFile={(query) => api.GET('/staff/exports/answered-hardship', { params: { query }, parseAs: 'text' })}
        rows={(data) => data.requests}
        columns={columns}
        rowKey={(line) => line.request_id}
        empty={text('emptyAnswered')}
        tools={<Filters />}
      />
    </>
  )
}

function Filters() {
  const text = useText(texts)
  const { value, filter } = useAddress()
  return (
    <>
      <Radio.Group
        aria-label={text('which')}
        optionType="button"
        value={value('which') || 'offered'}
        options={WHICH.map((one) => ({ value: one, label: text(`list_${one}`) }))}
        onChange={(event) => filter({ which: event.target.value as string })}
      />
      <DaysFilter what={text('askedAt')} />
    </>
  )
}
