import { Badge, Day, useText, type Shape } from '@fenqi/ui'
import { Link } from 'react-router'
import { ChoiceFilter, DaysFilter, StatusFilter } from '../../parts/filters'
import { KeyList } from '../../parts/key_list'
import type { Column } from '../../parts/lines'
import { PageHead } from '../../parts/page_head'
import { ShortId } from '../../parts/short_id'
import { api } from '../../session'
import { warnings as texts } from '../../texts/warnings'
import { WarningEffects } from './effects'
import { WarningLinks } from './links'

type Line = Shape['WarningLine']

/** Every early warning, newest first, and what the steps of the strategy have brought. */
export function WarningsPage() {
  const text = useText(texts)
  const columns = useColumns()
  return (
    <>
      <PageHead title={text('title')}>
        <WarningLinks />
      </PageHead>
      <KeyList
        name="warnings"
        label={text('title')}
        queryKey={['warnings']}
        fetchPage={(query) => api.GET('/staff/warnings', { params: { query } })}
        fetchFile={(query) => api.GET('/staff/exports/warnings', { params: { query }, parseAs: 'text' })}
        rows={(data) => data.warnings}
        columns={columns}
        rowKey={(line) => line.warning_id}
        empty={text('empty')}
        tools={<Filters />}
      />
      <WarningEffects />
    </>
  )
}

function Filters() {
  const text = useText(texts)
  return (
    <>
      <StatusFilter name="rung" label={text('rung')} kind="warning_rung" />
      <ChoiceFilter
        name="is_open"
        label={text('state')}
        options={[
          { value: 'true', label: text('running') },
          { value: 'false', label: text('over') },
        ]}
      />
      <ChoiceFilter
        name="call"
        label={text('call')}
        options={[
          { value: 'to_make', label: text('callToMake') },
          { value: 'overdue', label: text('callOverdue') },
        ]}
      />
      <DaysFilter what={text('openedOn')} />
    </>
  )
}

function useColumns(): Column<Line>[] {
  const text = useText(texts)
  return [
    {
      key: 'warning',
      title: text('one'),
      show: (line) => (
        <Link to={`/warnings/${line.warning_id}`}>
          <ShortId id={line.warning_id} />
        </Link>
      ),
    },
    {
      key: 'rung',
      title: text('rung'),
      show: (line) => line.rung && <Badge kind="warning_rung" status={line.rung} />,
    },
    { key: 'points', title: text('points'), figure: true, sort: '-points', show: (line) => line.points },
    { key: 'highest', title: text('highest'), figure: true, show: (line) => line.points_max },
    { key: 'opened', title: text('openedOn'), sort: '-opened_on', show: (line) => <Day on={line.opened_on} /> },
    { key: 'last', title: text('lastOn'), show: (line) => <Day on={line.last_on} /> },
    {
      key: 'closed',
      title: text('closedOn'),
      show: (line) => (line.closed_on === null ? text('running') : <Day on={line.closed_on} />),
    },
    { key: 'call', title: text('callDue'), show: (line) => <CallDue line={line} /> },
    { key: 'customer', title: text('customer'), show: (line) => <ShortId id={line.customer_id} /> },
    {
      key: 'strategy',
      title: text('strategy'),
      isHidden: true,
      show: (line) => <ShortId id={line.strategy_version} />,
    },
  ]
}

function CallDue({ line }: { line: Line }) {
  const text = useText(texts)
  if (line.call_due_on === null) return null
  return (
    <>
      <Day on={line.call_due_on} /> {line.is_call_overdue && text('callOverdue')}
    </>
  )
}
