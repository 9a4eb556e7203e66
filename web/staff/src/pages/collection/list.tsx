import { ask, Badge, Day, Money, statusTexts, useText, type Shape } from '@fenqi/ui'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { useAddress } from '../../parts/address'
import { ChoiceList } from '../../parts/choice'
import { ExportButton } from '../../parts/export_button'
import { KeyList } from '../../parts/key_list'
import type { Column } from '../../parts/lines'
import { useMe } from '../../parts/me'
import { PageHead } from '../../parts/page_head'
import { ShortId } from '../../parts/short_id'
import { api } from '../../session'
import { collection as texts } from '../../texts/collection'
import { TakeNextCase } from './take_next'

type Line = Shape['CollectionCaseLine']
type Asked = { sort?: 'overdue_minor' }

const STAGES = ['reminder', 'early', 'middle', 'late', 'legal'] as const
const RISKS = ['low', 'medium', 'high'] as const
const HELD = ['any', 'nobody', 'mine'] as const
const ORDERS = ['overdue_minor', 'days_past_due', 'owed_minor', 'opened_on'] as const

/** Open collection cases, the highest first by an order of one's choice. */
export function WorklistPage() {
  const text = useText(texts)
  const { has } = useMe()
  const address = useAddress()
  const columns = useColumns()
  const query = useQuery({
    queryKey: ['collection', 'worklist', address.query],
    queryFn: () => ask(api.GET('/staff/collection-cases', { params: { query: address.query as Asked } })),
    placeholderData: keepPreviousData,
  })
  return (
    <>
      <PageHead title={text('title')}>
        {has('collector', 'agency') && <TakeNextCase />}
        {has('collector', 'risk', 'compliance') && (
          <ExportButton
            name="collection-cases.csv"
            fetchText={() =>
              api.GET('/staff/exports/collection-cases', { params: { query: address.filters as Asked }, parseAs: 'text' })
            }
          />
        )}
      </PageHead>
      <KeyList
        name="collection-cases"
        label={text('title')}
        query={query}
        rows={(data) => data.cases}
        next={(data) => data.next}
        columns={columns}
        rowKey={(line: Line) => line.case_id}
        empty={text('empty')}
        tools={<Filters />}
      />
    </>
  )
}

function Filters() {
  const text = useText(texts)
  const status = useText(statusTexts)
  const address = useAddress()
  const choose = (name: string) => (value: string) => address.filter({ [name]: value })
  return (
    <>
      <ChoiceList
        label={text('stage')}
        none={text('any')}
        value={address.value('stage')}
        options={STAGES.map((one) => ({ value: one, label: status(`case_stage_${one}`) }))}
        onChange={choose('stage')}
      />
      <ChoiceList
        label={text('risk')}
        none={text('any')}
        value={address.value('risk')}
        options={RISKS.map((one) => ({ value: one, label: status(`case_risk_${one}`) }))}
        onChange={choose('risk')}
      />
      <ChoiceList
        label={text('held')}
        value={address.value('held') || 'any'}
        options={HELD.map((one) => ({ value: one, label: text(`held_${one}`) }))}
        onChange={choose('held')}
      />
      <ChoiceList
        label={text('sort')}
        value={address.value('sort') || 'overdue_minor'}
        options={ORDERS.map((one) => ({ value: one, label: text(one) }))}
        onChange={choose('sort')}
      />
    </>
  )
}

function useColumns(): Column<Line>[] {
  const text = useText(texts)
  return [
    {
      key: 'case',
      title: text('one'),
      show: (line) => (
        <Link to={`/collection-cases/${line.case_id}`}>
          <ShortId id={line.case_id} />
        </Link>
      ),
    },
    { key: 'stage', title: text('stage'), show: (line) => <Badge kind="case_stage" status={line.stage} /> },
    { key: 'risk', title: text('risk'), show: (line) => <Badge kind="case_risk" status={line.risk} /> },
    { key: 'days', title: text('days_past_due'), figure: true, show: (line) => line.days_past_due },
    { key: 'overdue', title: text('overdue_minor'), figure: true, show: (line) => <Money minor={line.overdue_minor} /> },
    { key: 'owed', title: text('owed_minor'), figure: true, show: (line) => <Money minor={line.owed_minor} /> },
    { key: 'loans', title: text('loanCount'), figure: true, show: (line) => line.loan_count },
    { key: 'opened', title: text('opened_on'), show: (line) => <Day on={line.opened_on} /> },
    { key: 'by', title: text('takenBy'), show: (line) => line.taken_by ?? text('free') },
  ]
}
