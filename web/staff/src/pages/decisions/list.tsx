import { Badge, Instant, Money, useText, type Shape } from '@fenqi/ui'
import { Link } from 'react-router'
import { DaysFilter, FlagFilter, RadioFilter, TextFilter } from '../../parts/filters'
import { KeyList } from '../../parts/key_list'
import type { Column } from '../../parts/lines'
import { PageHead } from '../../parts/page_head'
import { ShortId } from '../../parts/short_id'
import { api } from '../../session'
import { decisions as texts } from '../../texts/decisions'

type Line = Shape['DecisionLine']

const OUTCOMES = ['approve', 'refer', 'decline'] as const

/** Decisions, newest first. */
export function DecisionsPage() {
  const text = useText(texts)
  return (
    <>
      <PageHead title={text('title')} />
      <KeyList
        name="decisions"
        label={text('title')}
        queryKey={['decisions']}
        fetchPage={(query) => api.GET('/staff/decisions', { params: { query } })}
        fetchFile={(query) => api.GET('/staff/exports/decisions', { params: { query }, parseAs: 'text' })}
        rows={(data) => data.decisions}
        columns={useColumns()}
        rowKey={(line) => line.decision_id}
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
      <RadioFilter
        name="outcome"
        label={text('outcome')}
        options={[{ value: '', label: text('all') }, ...OUTCOMES.map((one) => ({ value: one, label: text(one) }))]}
      />
      <DaysFilter what={text('decidedAt')} />
      <TextFilter name="strategy_version" label={text('strategy')} />
      <FlagFilter name="unanswered" label={text('unanswered')} />
    </>
  )
}

function useColumns(): Column<Line>[] {
  const text = useText(texts)
  return [
    {
      key: 'decided_at',
      title: text('decidedAt'),
      sort: '-decided_at',
      show: (line) => (
        <Link to={`/decisions/${line.decision_id}`}>
          <Instant at={line.decided_at} />
        </Link>
      ),
    },
    { key: 'outcome', title: text('outcome'), show: (line) => <Badge kind="outcome" status={line.outcome} /> },
    {
      key: 'verdict',
      title: text('verdict'),
      show: (line) => line.verdict && <Badge kind="outcome" status={line.verdict} />,
    },
    { key: 'points', title: text('points'), figure: true, sort: '-points', show: (line) => line.points },
    {
      key: 'limit',
      title: text('limit'),
      figure: true,
      sort: '-limit_minor',
      show: (line) => <Money minor={line.limit_minor} />,
    },
    { key: 'decision_id', title: text('decision'), show: (line) => <ShortId id={line.decision_id} /> },
    { key: 'checkout_id', title: text('checkout'), show: (line) => <ShortId id={line.checkout_id} /> },
    { key: 'strategy', title: text('strategy'), isHidden: true, show: (line) => <ShortId id={line.strategy_version} /> },
    { key: 'scorecard', title: text('scorecard'), isHidden: true, show: (line) => <ShortId id={line.scorecard_version} /> },
  ]
}
