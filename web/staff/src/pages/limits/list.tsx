import { Badge, Instant, Money, useLanguage, useText, type Shape } from '@fenqi/ui'
import { Link } from 'react-router'
import { ChoiceFilter, DaysFilter, StatusFilter, TextFilter } from '../../parts/filters'
import { KeyList } from '../../parts/key_list'
import type { Column } from '../../parts/lines'
import { PageHead } from '../../parts/page_head'
import { ShortId } from '../../parts/short_id'
import { api } from '../../session'
import { limits as texts } from '../../texts/limits'
import { LimitLinks } from './links'

type Line = Shape['LimitChangeLine']

const CAUSES = [
  'month',
  'became_late',
  'caught_up',
  'paid_off',
  'charged_off',
  'fraud_flagged',
  'fraud_cleared',
  'held',
  'released',
  'special',
  'special_over',
  'warned',
  'calmed',
] as const

/** Every move of a credit line, newest first. */
export function LimitsPage() {
  const text = useText(texts)
  const columns = useColumns()
  return (
    <>
      <PageHead title={text('title')}>
        <LimitLinks />
      </PageHead>
      <KeyList
        name="limits"
        label={text('title')}
        queryKey={['limits']}
        fetchPage={(query) => api.GET('/staff/limits', { params: { query } })}
        fetchFile={(query) => api.GET('/staff/exports/limits', { params: { query }, parseAs: 'text' })}
        rows={(data) => data.limits}
        columns={columns}
        rowKey={(line) => line.change_id}
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
      <StatusFilter name="move" label={text('move')} kind="limit_move" />
      <TextFilter name="customer_id" label={text('customerId')} />
      <ChoiceFilter
        name="cause"
        label={text('cause')}
        options={CAUSES.map((cause) => ({ value: cause, label: text(`cause_${cause}`) }))}
      />
      <DaysFilter what={text('changedAt')} />
    </>
  )
}

function useColumns(): Column<Line>[] {
  const text = useText(texts)
  const { language } = useLanguage()
  return [
    {
      key: 'change',
      title: text('one'),
      show: (line) => (
        <Link to={`/limits/${line.change_id}`}>
          <ShortId id={line.change_id} />
        </Link>
      ),
    },
    { key: 'move', title: text('move'), show: (line) => <Badge kind="limit_move" status={line.move} /> },
    { key: 'cause', title: text('cause'), show: (line) => text(`cause_${line.cause}`) },
    {
      key: 'before',
      title: text('before'),
      figure: true,
      show: (line) => <Money minor={line.before_minor} currency={line.currency} />,
    },
    {
      key: 'after',
      title: text('after'),
      figure: true,
      sort: '-after_minor',
      show: (line) => <Money minor={line.after_minor} currency={line.currency} />,
    },
    { key: 'points', title: text('points'), figure: true, sort: '-points', show: (line) => line.points },
    {
      key: 'reasons',
      title: text('reasons'),
      show: (line) => (language === 'en' ? line.reasons_en : line.reasons_zh),
    },
    { key: 'at', title: text('changedAt'), sort: '-changed_at', show: (line) => <Instant at={line.changed_at} /> },
    {
      key: 'customer',
      title: text('customer'),
      show: (line) => <ShortId id={line.customer_id} />,
    },
    { key: 'by', title: text('by'), isHidden: true, show: (line) => line.changed_by },
  ]
}
