import { Day, Money, useText, type Shape } from '@fenqi/ui'
import { ChoiceFilter } from '../../parts/filters'
import type { Column } from '../../parts/lines'
import { ShortId } from '../../parts/short_id'
import { books as texts } from '../../texts/books'

type Item = Shape['ItemLine']

const KINDS = {
  captured: 'captured',
  discount: 'discounted',
  refunded: 'refunded',
  discount_returned: 'discount_returned',
  subsidy: 'subsidy',
  subsidy_returned: 'subsidy_returned',
  dispute_held: 'dispute_held',
  dispute_released: 'dispute_released',
} as const satisfies Record<Shape['ItemKind'], string>

/** The columns of what a merchant is owed, line by line. */
export function useItemColumns(): Column<Item>[] {
  const text = useText(texts)
  return [
    { key: 'on', title: text('on'), sort: '-effective_on', show: (item) => <Day on={item.effective_on} /> },
    { key: 'order', title: text('order'), sort: 'order_number', show: (item) => item.order_number },
    { key: 'kind', title: text('kind'), sort: 'kind', show: (item) => text(KINDS[item.kind]) },
    {
      key: 'amount',
      title: text('amount'),
      figure: true,
      sort: '-amount_minor',
      show: (item) => <Money minor={item.amount_minor} currency={item.currency} />,
    },
    { key: 'checkout', title: text('checkout'), isHidden: true, show: (item) => <ShortId id={item.checkout_id} /> },
  ]
}

/** One kind of line alone. */
export function ItemKindFilter() {
  const text = useText(texts)
  const options = Object.entries(KINDS).map(([value, key]) => ({ value, label: text(key) }))
  return <ChoiceFilter name="kind" label={text('kind')} options={options} />
}
