import { ask, Badge, Instant, Money, useText, type Shape } from '@fenqi/ui'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Checkbox, Input, Radio } from 'antd'
import { Link } from 'react-router'
import { useAddress } from '../../parts/address'
import { ExportButton } from '../../parts/export_button'
import { Labelled } from '../../parts/labelled'
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
  const address = useAddress()
  const query = useQuery({
    queryKey: ['decisions', address.query],
    queryFn: () => ask(api.GET('/staff/decisions', { params: { query: address.query } })),
    placeholderData: keepPreviousData,
  })
  return (
    <>
      <PageHead title={text('title')}>
        <ExportButton
          name="decisions.csv"
          fetchText={() => api.GET('/staff/exports/decisions', { params: { query: address.filters }, parseAs: 'text' })}
        />
      </PageHead>
      <KeyList
        name="decisions"
        label={text('title')}
        query={query}
        rows={(data) => data.decisions}
        next={(data) => data.next}
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
  const { value, filter } = useAddress()
  return (
    <>
      <Radio.Group
        aria-label={text('outcome')}
        optionType="button"
        value={value('outcome')}
        options={[{ value: '', label: text('all') }, ...OUTCOMES.map((one) => ({ value: one, label: text(one) }))]}
        onChange={(event) => filter({ outcome: event.target.value as string })}
      />
      <Labelled label={text('from')}>
        {(id) => (
          <Input id={id} type="date" value={value('from_on')} onChange={(event) => filter({ from_on: event.target.value })} />
        )}
      </Labelled>
      <Labelled label={text('until')}>
        {(id) => (
          <Input id={id} type="date" value={value('until_on')} onChange={(event) => filter({ until_on: event.target.value })} />
        )}
      </Labelled>
      <Checkbox
        checked={value('unanswered') === 'true'}
        onChange={(event) => filter({ unanswered: event.target.checked ? 'true' : '' })}
      >
        {text('unanswered')}
      </Checkbox>
    </>
  )
}

function useColumns(): Column<Line>[] {
  const text = useText(texts)
  return [
    {
      key: 'decided_at',
      title: text('decidedAt'),
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
    { key: 'points', title: text('points'), figure: true, show: (line) => line.points },
    { key: 'limit', title: text('limit'), figure: true, show: (line) => <Money minor={line.limit_minor} /> },
    { key: 'decision_id', title: text('decision'), show: (line) => <ShortId id={line.decision_id} /> },
    { key: 'checkout_id', title: text('checkout'), show: (line) => <ShortId id={line.checkout_id} /> },
    { key: 'strategy', title: text('strategy'), isHidden: true, show: (line) => <ShortId id={line.strategy_version} /> },
    { key: 'scorecard', title: text('scorecard'), isHidden: true, show: (line) => <ShortId id={line.scorecard_version} /> },
  ]
}
