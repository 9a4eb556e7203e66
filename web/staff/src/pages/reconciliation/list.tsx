import { Day, Instant, Money, useText, type Shape } from '@fenqi/ui'
import { ChoiceFilter, DaysFilter, FlagFilter } from '../../parts/filters'
import { KeyList } from '../../parts/key_list'
import type { Column } from '../../parts/lines'
import { useMe } from '../../parts/me'
import { PageHead } from '../../parts/page_head'
import { Section } from '../../parts/section'
import { ShortId } from '../../parts/short_id'
import { api } from '../../session'
import { reconciliation as texts } from '../../texts/reconciliation'
import { DealWith } from './deal_with'
import { Files } from './files'
import { RecordTransfer } from './record_transfer'

type Line = Shape['MoneyCaseShape']

const KINDS = ['suspense', 'missing', 'extra', 'differing', 'contradicted', 'return_failed'] as const

/** The channel's files, what differs in them, money nobody can place, and what is done about it. */
export function ReconciliationPage() {
  const text = useText(texts)
  const { has } = useMe()
  return (
    <>
      <PageHead title={text('title')} />
      <Files />
      <Section title={text('cases')}>
        <KeyList
          name="money-cases"
          label={text('cases')}
          queryKey={['money-cases']}
          fetchPage={(query) => api.GET('/staff/money-cases', { params: { query } })}
          fetchFile={(query) => api.GET('/staff/exports/money-cases', { params: { query }, parseAs: 'text' })}
          rows={(data) => data.cases}
          columns={useColumns()}
          rowKey={(line) => line.case_id}
          empty={text('noCases')}
          tools={<Filters />}
        />
      </Section>
      {has('finance') && <RecordTransfer />}
    </>
  )
}

function Filters() {
  const text = useText(texts)
  return (
    <>
      <ChoiceFilter
        name="kind"
        label={text('kind')}
        options={KINDS.map((one) => ({ value: one, label: text(`kind_${one}`) }))}
      />
      <FlagFilter name="is_open" label={text('open')} />
      <DaysFilter what={text('day')} />
    </>
  )
}

function useColumns(): Column<Line>[] {
  const text = useText(texts)
  const { has } = useMe()
  const amount = (minor: number | null, line: Line) => minor !== null && <Money minor={minor} currency={line.currency} />
  return [
    { key: 'kind', title: text('kind'), show: (line) => text(`kind_${line.kind}`) },
    { key: 'day', title: text('day'), sort: '-on_day', show: (line) => <Day on={line.on_day} /> },
    { key: 'subject', title: text('subject'), show: (line) => <ShortId id={line.subject} /> },
    { key: 'ours', title: text('ours'), figure: true, sort: '-ours_minor', show: (line) => amount(line.ours_minor, line) },
    { key: 'theirs', title: text('theirs'), figure: true, sort: '-theirs_minor', show: (line) => amount(line.theirs_minor, line) },
    { key: 'state', title: text('state'), show: (line) => <State line={line} canWork={has('finance')} /> },
    { key: 'text', title: text('text'), show: (line) => line.closed_text },
    { key: 'opened', title: text('openedAt'), sort: '-opened_at', show: (line) => <Instant at={line.opened_at} /> },
    {
      key: 'ended',
      title: text('closedAt'),
      sort: '-closed_at',
      isHidden: true,
      show: (line) => line.closed_at && <Instant at={line.closed_at} />,
    },
  ]
}

function State({ line, canWork }: { line: Line; canWork: boolean }) {
  const text = useText(texts)
  if (line.closed_how) return <>{text('closed', { by: line.closed_by ?? '', how: text(`how_${line.closed_how}`) })}</>
  return canWork ? <DealWith line={line} /> : <>{text('isOpen')}</>
}
