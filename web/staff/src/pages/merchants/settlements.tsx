import { Day, Money, useText, type Shape } from '@fenqi/ui'
import { Button } from 'antd'
import { useAddress } from '../../parts/address'
import { DaysFilter } from '../../parts/filters'
import { KeyList } from '../../parts/key_list'
import type { Column } from '../../parts/lines'
import { Section } from '../../parts/section'
import { ShortId } from '../../parts/short_id'
import { api } from '../../session'
import { books as texts } from '../../texts/books'

type Line = Shape['StaffSettlement']

/** What a merchant has been paid, the latest first. */
export function Settlements({ merchant_id }: { merchant_id: string }) {
  const text = useText(texts)
  const path = { merchant_id }
  return (
    <Section title={text('settlements')}>
      <KeyList
        name="settlements"
        label={text('settlements')}
        queryKey={['merchants', merchant_id, 'settlements']}
        fetchPage={(query) => api.GET('/staff/merchants/{merchant_id}/settlements', { params: { path, query } })}
        fetchFile={(query) => api.GET('/staff/exports/settlements', { params: { query: { ...path, ...query } }, parseAs: 'text' })}
        rows={(data) => data.settlements}
        columns={useColumns()}
        rowKey={(line) => line.settlement_id}
        empty={text('none')}
        tools={<DaysFilter what={text('untilOn')} />}
      />
    </Section>
  )
}

function useColumns(): Column<Line>[] {
  const text = useText(texts)
  const opened = useAddress('lines')
  const money = (minor: number, line: Line) => <Money minor={minor} currency={line.currency} />
  return [
    { key: 'until', title: text('untilOn'), sort: '-until_on', show: (line) => <Day on={line.until_on} /> },
    { key: 'items', title: text('items'), figure: true, sort: '-items_minor', show: (line) => money(line.items_minor, line) },
    { key: 'in', title: text('carriedIn'), figure: true, show: (line) => money(line.carried_in_minor, line) },
    { key: 'paid', title: text('paid'), figure: true, sort: '-paid_minor', show: (line) => money(line.paid_minor, line) },
    {
      key: 'out',
      title: text('carriedOut'),
      figure: true,
      sort: 'carried_out_minor',
      show: (line) => money(line.carried_out_minor, line),
    },
    {
      key: 'count',
      title: text('count'),
      figure: true,
      sort: '-item_count',
      show: (line) => (
        <Button
          size="small"
          aria-label={text('itemsOf', { count: line.item_count })}
          onClick={() => opened.filter({ settlement_id: line.settlement_id })}
        >
          {line.item_count}
        </Button>
      ),
    },
    { key: 'id', title: text('settlement'), isHidden: true, show: (line) => <ShortId id={line.settlement_id} /> },
  ]
}
