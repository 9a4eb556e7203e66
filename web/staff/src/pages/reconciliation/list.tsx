import { ask, Day, Instant, Money, useText, type Shape } from '@fenqi/ui'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Checkbox, Input, Select } from 'antd'
import { useAddress } from '../../parts/address'
import { ExportButton } from '../../parts/export_button'
import { KeyList } from '../../parts/key_list'
import { Labelled } from '../../parts/labelled'
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
type Asked = { kind?: Shape['MoneyCaseKind']; is_open?: boolean }

const KINDS = ['suspense', 'missing', 'extra', 'differing', 'contradicted', 'return_failed'] as const

/** The channel's files, what differs in them, money nobody can place, and what is done about it. */
export function ReconciliationPage() {
  const text = useText(texts)
  const { has } = useMe()
  const address = useAddress()
  const query = useQuery({
    queryKey: ['money-cases', address.query],
    queryFn: () => ask(api.GET('/staff/money-cases', { params: { query: address.query as Asked } })),
    placeholderData: keepPreviousData,
  })
  return (
    <>
      <PageHead title={text('title')}>
        <ExportButton
          name="money-cases.csv"
          fetchText={() =>
            api.GET('/staff/exports/money-cases', { params: { query: address.filters as Asked }, parseAs: 'text' })
          }
        />
      </PageHead>
      <Files />
      <Section title={text('cases')}>
        <KeyList
          name="money-cases"
          label={text('cases')}
          query={query}
          rows={(data) => data.cases}
          next={(data) => data.next}
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
  const { value, filter } = useAddress()
  return (
    <>
      <Select
        aria-label={text('kind')}
        value={value('kind')}
        style={{ minWidth: '10rem' }}
        options={[{ value: '', label: text('all') }, ...KINDS.map((one) => ({ value: one, label: text(`kind_${one}`) }))]}
        onChange={(kind: string) => filter({ kind })}
      />
      <Checkbox checked={value('is_open') === 'true'} onChange={(event) => filter({ is_open: event.target.checked ? 'true' : '' })}>
        {text('open')}
      </Checkbox>
      <Labelled label={text('fromOn')}>
        {(id) => <Input id={id} type="date" value={value('from_on')} onChange={(event) => filter({ from_on: event.target.value })} />}
      </Labelled>
      <Labelled label={text('untilOn')}>
        {(id) => <Input id={id} type="date" value={value('until_on')} onChange={(event) => filter({ until_on: event.target.value })} />}
      </Labelled>
    </>
  )
}

function useColumns(): Column<Line>[] {
  const text = useText(texts)
  const { has } = useMe()
  const amount = (minor: number | null, line: Line) => minor !== null && <Money minor={minor} currency={line.currency} />
  return [
    { key: 'kind', title: text('kind'), show: (line) => text(`kind_${line.kind}`) },
    { key: 'day', title: text('day'), show: (line) => <Day on={line.on_day} /> },
    { key: 'subject', title: text('subject'), show: (line) => <ShortId id={line.subject} /> },
    { key: 'ours', title: text('ours'), figure: true, show: (line) => amount(line.ours_minor, line) },
    { key: 'theirs', title: text('theirs'), figure: true, show: (line) => amount(line.theirs_minor, line) },
    { key: 'state', title: text('state'), show: (line) => <State line={line} canWork={has('finance')} /> },
    { key: 'text', title: text('text'), show: (line) => line.closed_text },
    { key: 'opened', title: text('openedAt'), isHidden: true, show: (line) => <Instant at={line.opened_at} /> },
  ]
}

function State({ line, canWork }: { line: Line; canWork: boolean }) {
  const text = useText(texts)
  if (line.closed_how) return <>{text('closed', { by: line.closed_by ?? '', how: text(`how_${line.closed_how}`) })}</>
  return canWork ? <DealWith line={line} /> : <>{text('isOpen')}</>
}
