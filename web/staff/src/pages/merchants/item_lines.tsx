import { ask, Asked, Day, Money, useText, type Shape } from '@fenqi/ui'
import { useQuery } from '@tanstack/react-query'
import { Lines } from '../../parts/lines'
import { api } from '../../session'
import { books as texts } from '../../texts/books'

/** A settlement, line by line. */
export function ItemLines({ merchant_id, settlement_id }: { merchant_id: string; settlement_id: string }) {
  const query = useQuery({
    queryKey: ['merchants', merchant_id, 'settlements', settlement_id],
    queryFn: () =>
      ask(
        api.GET('/staff/merchants/{merchant_id}/settlements/{settlement_id}', {
          params: { path: { merchant_id, settlement_id } },
        }),
      ),
  })
  return <Asked query={query}>{(data) => <Items items={data.items} />}</Asked>
}

export function Items({ items }: { items: Shape['ItemLine'][] }) {
  const text = useText(texts)
  return (
    <Lines
      label={text('settlement')}
      rows={items}
      rowKey={(item) => item.item_id}
      empty={text('none')}
      columns={[
        { key: 'on', title: text('on'), show: (item) => <Day on={item.effective_on} /> },
        { key: 'order', title: text('order'), show: (item) => item.order_number },
        { key: 'kind', title: text('kind'), show: (item) => <code>{item.kind}</code> },
        {
          key: 'amount',
          title: text('amount'),
          figure: true,
          show: (item) => <Money minor={item.amount_minor} currency={item.currency} />,
        },
      ]}
    />
  )
}
