import { ask, useText } from '@fenqi/ui'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Radio } from 'antd'
import { useAddress } from '../../parts/address'
import { KeyList } from '../../parts/key_list'
import { useMe } from '../../parts/me'
import { PageHead } from '../../parts/page_head'
import { api } from '../../session'
import { cases as texts } from '../../texts/cases'
import { useCaseColumns } from './columns'
import { CaseLinks } from './links'
import { TakeNext } from './take_next'

const HELD = ['any', 'nobody', 'mine'] as const

/** The queue: open cases, those with most at stake first. */
export function CasesPage() {
  const text = useText(texts)
  const { has } = useMe()
  const address = useAddress()
  const columns = useCaseColumns()
  const query = useQuery({
    queryKey: ['cases', 'queue', address.query],
    queryFn: () => ask(api.GET('/staff/cases', { params: { query: address.query } })),
    placeholderData: keepPreviousData,
  })
  return (
    <>
      <PageHead title={text('title')}>
        <CaseLinks />
        {has('reviewer', 'risk') && <TakeNext />}
      </PageHead>
      <KeyList
        name="cases"
        label={text('title')}
        query={query}
        rows={(data) => data.cases}
        next={(data) => data.next}
        columns={[...columns, { key: 'with', title: text('takenBy'), show: (line) => line.taken_by ?? text('free') }]}
        rowKey={(line) => line.case_id}
        empty={text('empty')}
        tools={
          <Radio.Group
            aria-label={text('held')}
            optionType="button"
            value={address.value('held') || 'any'}
            options={HELD.map((one) => ({ value: one, label: text(one) }))}
            onChange={(event) => address.filter({ held: event.target.value as string })}
          />
        }
      />
    </>
  )
}
