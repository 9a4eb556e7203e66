import { Badge, Day, Money, useText, type Shape } from '@fenqi/ui'
import { Link } from 'react-router'
import { RadioFilter, StatusFilter } from '../../parts/filters'
import { KeyList } from '../../parts/key_list'
import type { Column } from '../../parts/lines'
import { useMe } from '../../parts/me'
import { PageHead } from '../../parts/page_head'
import { ShortId } from '../../parts/short_id'
import { api } from '../../session'
import { collection as texts } from '../../texts/collection'
import { TakeNextCase } from './take_next'

type Line = Shape['CollectionCaseLine']

const HELD = ['nobody', 'mine'] as const

/** Open collection cases, the most overdue first unless sorted otherwise. */
export function WorklistPage() {
  const text = useText(texts)
  const { has } = useMe()
  const mayExport = has('collector', 'risk', 'compliance')
  return (
    <>
      <PageHead title={text('title')}>{has('collector', 'agency') && <TakeNextCase />}</PageHead>
      <KeyList
        name="collection-cases"
        label={text('title')}
        queryKey={['collection', 'worklist']}
        fetchPage={(query) => api.GET('/staff/collection-cases', { params: { query } })}
        {...(mayExport && {
          fetchFile: (query) => api.GET('/staff/exports/collection-cases', { params: { query }, parseAs: 'text' }),
        })}
        rows={(data) => data.cases}
        columns={useColumns()}
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
      <StatusFilter name="stage" label={text('stage')} kind="case_stage" />
      <StatusFilter name="risk" label={text('risk')} kind="case_risk" />
      <RadioFilter
        name="held"
        label={text('held')}
        options={[{ value: '', label: text('held_any') }, ...HELD.map((one) => ({ value: one, label: text(`held_${one}`) }))]}
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
    { key: 'days', title: text('days_past_due'), figure: true, sort: '-days_past_due', show: (line) => line.days_past_due },
    { key: 'overdue', title: text('overdue_minor'), figure: true, sort: '-overdue_minor', show: (line) => <Money minor={line.overdue_minor} /> },
    { key: 'owed', title: text('owed_minor'), figure: true, sort: '-owed_minor', show: (line) => <Money minor={line.owed_minor} /> },
    { key: 'loans', title: text('loanCount'), figure: true, show: (line) => line.loan_count },
    { key: 'opened', title: text('opened_on'), sort: 'opened_on', show: (line) => <Day on={line.opened_on} /> },
    { key: 'by', title: text('takenBy'), show: (line) => line.taken_by ?? text('free') },
  ]
}
