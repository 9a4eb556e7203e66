import { ask, Badge, Day, Instant, Money, useText, type Shape } from '@fenqi/ui'
import { Answer } from '../../parts/answer'
import { ChoiceFilter, StatusFilter, TextFilter } from '../../parts/filters'
import { KeyList } from '../../parts/key_list'
import type { Column } from '../../parts/lines'
import { useMe } from '../../parts/me'
import { PageHead } from '../../parts/page_head'
import { ShortId } from '../../parts/short_id'
import { api } from '../../session'
import { limits as texts } from '../../texts/limits'
import { LimitLinks } from './links'
import { ProposeSpecial } from './propose_special'

type Line = Shape['SpecialLimitLine']

const KINDS = ['temporary', 'dedicated'] as const

/** Temporary and dedicated limits: proposed, answered, over. */
export function SpecialLimitsPage() {
  const text = useText(texts)
  const { has } = useMe()
  const columns = useColumns(has('risk'))
  return (
    <>
      <PageHead title={text('specialsTitle')}>
        <LimitLinks />
      </PageHead>
      <KeyList
        name="special-limits"
        label={text('specialsTitle')}
        queryKey={['special-limits']}
        fetchPage={(query) => api.GET('/staff/special-limits', { params: { query } })}
        fetchFile={(query) => api.GET('/staff/exports/special-limits', { params: { query }, parseAs: 'text' })}
        rows={(data) => data.special_limits}
        columns={columns}
        rowKey={(line) => line.special_id}
        empty={text('noSpecials')}
        tools={
          <>
            <StatusFilter name="state" label={text('state')} kind="special_limit" />
            <TextFilter name="customer_id" label={text('customerId')} />
            <ChoiceFilter
              name="kind"
              label={text('kind')}
              options={KINDS.map((kind) => ({ value: kind, label: text(kind) }))}
            />
          </>
        }
      />
      {has('risk') && <ProposeSpecial />}
    </>
  )
}

function useColumns(mayAnswer: boolean): Column<Line>[] {
  const text = useText(texts)
  return [
    { key: 'state', title: text('state'), show: (line) => <Badge kind="special_limit" status={line.state} /> },
    { key: 'kind', title: text('kind'), show: (line) => text(line.kind) },
    {
      key: 'amount',
      title: text('amountTold'),
      figure: true,
      show: (line) => <Money minor={line.amount_minor} currency={line.currency} />,
    },
    { key: 'until', title: text('until'), show: (line) => <Day on={line.until_on} /> },
    { key: 'customer', title: text('customer'), show: (line) => <ShortId id={line.customer_id} /> },
    {
      key: 'merchant',
      title: text('merchant'),
      show: (line) =>
        line.merchant_id ? <ShortId id={line.merchant_id} /> : line.goods_category && text(`goods_${line.goods_category}`),
    },
    { key: 'why', title: text('why'), show: (line) => line.reason },
    { key: 'by', title: text('proposedBy'), show: (line) => line.proposed_by },
    { key: 'at', title: text('proposedAt'), sort: '-proposed_at', show: (line) => <Instant at={line.proposed_at} /> },
    {
      key: 'answer',
      title: text('answer'),
      show: (line) => (line.state === 'proposed' && mayAnswer ? <AnswerSpecial line={line} /> : line.decided_by),
    },
  ]
}

function AnswerSpecial({ line }: { line: Line }) {
  const path = { special_id: line.special_id }
  return (
    <Answer
      proposedBy={line.proposed_by}
      what={line.special_id.slice(-8)}
      queryKey="special-limits"
      send={(is_approved, reason) =>
        ask(api.POST('/staff/special-limits/{special_id}/answer', { params: { path }, body: { is_approved, reason } }))
      }
    />
  )
}
