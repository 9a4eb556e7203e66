import { Badge, Day, Instant, Money, useText, type Shape } from '@fenqi/ui'
import { Radio } from 'antd'
import { Link } from 'react-router'
import { useAddress } from '../../parts/address'
import { ChoiceFilter, DaysFilter, FlagFilter, StatusFilter } from '../../parts/filters'
import { KeyList } from '../../parts/key_list'
import type { Column } from '../../parts/lines'
import { PageHead } from '../../parts/page_head'
import { ShortId } from '../../parts/short_id'
import { api } from '../../session'
import { complaints as texts } from '../../texts/complaints'
import { ComplaintLinks } from './links'
import { CAUSES, CHANNELS } from './names'

type Line = Shape['ComplaintLineShape']

const WHICH = ['waiting', 'answered', 'ended', 'all'] as const

/** Complaints: what waits, the most urgent first, and what was answered or ended. */
export function ComplaintsPage() {
  const text = useText(texts)
  const columns = useColumns()
  return (
    <>
      <PageHead title={text('title')}>
        <ComplaintLinks />
      </PageHead>
      <KeyList
        name="complaints"
        label={text('title')}
        queryKey={['complaints', 'list']}
        fetchPage={(query) => api.GET('/staff/complaints', { params: { query } })}
        fetchFile={(query) => api.GET('/staff/exports/complaints', { params: { query }, parseAs: 'text' })}
        rows={(data) => data.complaints}
        columns={columns}
        rowKey={(line) => line.complaint_id}
        empty={text('empty')}
        tools={<Filters />}
      />
    </>
  )
}

function useColumns(): Column<Line>[] {
  const text = useText(texts)
  return [
    {
      key: 'complaint',
      title: text('one'),
      show: (line) => (
        <Link to={`/complaints/${line.complaint_id}`}>
          <ShortId id={line.complaint_id} />
        </Link>
      ),
    },
    { key: 'state', title: text('state'), show: (line) => <Badge kind="complaint" status={line.state} /> },
    { key: 'cause', title: text('cause'), show: (line) => text(CAUSES[line.cause]) },
    { key: 'channel', title: text('channel'), show: (line) => text(line.channel) },
    { key: 'received', title: text('receivedAt'), sort: '-received_at', show: (line) => <Instant at={line.received_at} /> },
    {
      key: 'due',
      title: text('answerDue'),
      sort: 'answer_due_on',
      show: (line) => (
        <>
          <Day on={line.answer_due_on} /> {line.is_late && <strong>{text('late')}</strong>}
          {line.is_acknowledge_missed && <strong> {text('unacknowledged')}</strong>}
        </>
      ),
    },
    { key: 'level', title: text('level'), show: (line) => <Badge kind="complaint_level" status={line.level} /> },
    { key: 'assigned', title: text('assigned'), show: (line) => line.assigned_to ?? text('nobody') },
    { key: 'disputed', title: text('disputed'), figure: true, show: (line) => <Money minor={line.disputed_minor} /> },
    {
      key: 'outcome',
      title: text('outcome'),
      show: (line) => line.outcome && <Badge kind="complaint_outcome" status={line.outcome} />,
    },
    { key: 'given', title: text('given'), figure: true, isHidden: true, show: (line) => <Money minor={line.redress_minor} /> },
    {
      key: 'answered',
      title: text('answered'),
      sort: '-answered_at',
      isHidden: true,
      show: (line) => line.answered_at && <Instant at={line.answered_at} />,
    },
    { key: 'customer', title: text('customer'), isHidden: true, show: (line) => <ShortId id={line.customer_id} /> },
    { key: 'reference', title: text('reference'), isHidden: true, show: (line) => line.reference },
  ]
}

function Filters() {
  const text = useText(texts)
  const { value, filter } = useAddress()
  const causes = Object.entries(CAUSES).map(([cause, key]) => ({ value: cause, label: text(key) }))
  return (
    <>
      <Radio.Group
        aria-label={text('which')}
        optionType="button"
        value={value('which') || 'waiting'}
        options={WHICH.map((one) => ({ value: one, label: text(`list_${one}`) }))}
        onChange={(event) => filter({ which: event.target.value as string })}
      />
      <ChoiceFilter name="cause" label={text('cause')} options={causes} />
      <ChoiceFilter
        name="channel"
        label={text('channel')}
        options={CHANNELS.map((one) => ({ value: one, label: text(one) }))}
      />
      <StatusFilter name="level" label={text('level')} kind="complaint_level" />
      <FlagFilter name="missed" label={text('missed')} />
      <DaysFilter what={text('receivedAt')} />
    </>
  )
}
