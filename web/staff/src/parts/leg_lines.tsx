import { Day, Money, useText, type Shape } from '@fenqi/ui'
import { Link } from 'react-router'
import { loans as texts } from '../texts/loans'
import { accountNames, isTransactionKind, transactionKinds } from '../texts/names'
import { Lines, type Column } from './lines'
import { ShortId } from './short_id'

type Leg = Shape['Leg']

/** Legs of the journal: from which account to which, how much, and in which transaction. */
export function LegLines({ legs }: { legs: Leg[] }) {
  const text = useText(texts)
  const columns = useLegColumns()
  return (
    <Lines<Leg> label={text('legs')} rows={legs} empty={text('legsEmpty')} rowKey={(leg) => String(leg.seq)} columns={columns} />
  )
}

/** The columns of legs. */
export function useLegColumns(): Column<Leg>[] {
  const text = useText(texts)
  const account = useText(accountNames)
  const kind = useText(transactionKinds)
  return [
    { key: 'seq', title: text('seq'), figure: true, sort: 'seq', show: (leg) => leg.seq },
    { key: 'effective', title: text('effectiveOn'), sort: '-effective_on', show: (leg) => <Day on={leg.effective_on} /> },
    { key: 'value', title: text('valueOn'), sort: '-value_on', show: (leg) => <Day on={leg.value_on} /> },
    { key: 'kind', title: text('kind'), show: (leg) => (isTransactionKind(leg.kind) ? kind(leg.kind) : leg.kind) },
    { key: 'debit', title: text('debit'), show: (leg) => account(leg.debit) },
    { key: 'credit', title: text('credit'), show: (leg) => account(leg.credit) },
    {
      key: 'amount',
      title: text('amount'),
      figure: true,
      sort: '-amount_minor',
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
  ]
}
