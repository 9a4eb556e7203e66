import { ask, Asked, Instant, useText } from '@fenqi/ui'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from 'react-router'
import { LegLines } from '../../parts/leg_lines'
import { PageHead } from '../../parts/page_head'
import { Pairs } from '../../parts/pairs'
import { ShortId } from '../../parts/short_id'
import { api } from '../../session'
import { books as texts } from '../../texts/books'

/** One transaction, leg by leg. */
export function TransactionPage() {
  const text = useText(texts)
  const { transaction_id = '' } = useParams()
  const query = useQuery({
    queryKey: ['ledger', 'transactions', transaction_id],
    queryFn: () => ask(api.GET('/staff/ledger/transactions/{transaction_id}', { params: { path: { transaction_id } } })),
  })
  return (
    <>
      <PageHead title={`${text('transaction')} ${transaction_id.slice(-8)}`} />
      <Asked query={query}>
        {(data) => (
          <>
            <Pairs
              pairs={[
                [text('postedAt'), <Instant at={data.posted_at} />],
                [text('bucket'), data.bucket],
                [text('loan'), data.loan_id ? <LoanLink id={data.loan_id} /> : '—'],
                [text('note'), data.note || '—'],
              ]}
            />
            <LegLines legs={data.legs} />
          </>
        )}
      </Asked>
    </>
  )
}

function LoanLink({ id }: { id: string }) {
  return (
    <Link to={`/loans/${id}`}>
      <ShortId id={id} />
    </Link>
  )
}
