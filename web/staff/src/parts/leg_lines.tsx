import { Day, Money, useText, type Shape } from '@fenqi/ui'
import { Link } from 'react-router'
import { loans as texts } from '../texts/loans'
import { accountNames } from '../texts/names'
import { Lines } from './lines'
import { ShortId } from './short_id'

type Leg = Shape['Leg']

/** Legs of the journal: from which account to which, how much, and in which transaction. */
export function LegLines({ legs }: { legs: Leg[] }) {
  const text = useText(texts)
  const account = useText(accountNames)
  return (
    <Lines<Leg>
      label={text('legs')}
      rows={legs}
      empty={text('legsEmpty')}
      rowKey={(leg) => String(leg.seq)}
      columns={[
        { key: 'seq', title: text('seq'), figure: true, show: (leg) => leg.seq },
        { key: 'effective', title: text('effectiveOn'), show: (leg) => <Day on={leg.effective_on} /> },
        { key: 'value', title: text('valueOn'), show: (leg) => <Day on={leg.value_on} /> },
        { key: 'kind', title: text('kind'), show: (leg) => <code>{leg.kind}</code> },
        { key: 'debit', title: text('debit'), show: (leg) => account(leg.debit) },
        { key: 'credit', title: text('credit'), show: (leg) => account(leg.credit) },
        {
          key: 'amount',
          title: text('amount'),
          figure: true,
          show: (leg) => <Money minor={leg.amount_minor} currency={leg.currency} />,
        },
        {
          key: 'transaction',
          title: text('transaction'),
          show: (leg) => (
            <Link to={`/ledger/transactions/${leg.transaction_id}`}>
              <ShortId id={leg.transaction_id} />
            </Link>
          ),
        },
      ]}
    />
  )
}
