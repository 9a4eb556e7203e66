import { ask, Asked, Money, useText, type Shape } from '@fenqi/ui'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { Lines } from '../../parts/lines'
import { PageHead } from '../../parts/page_head'
import { ShortId } from '../../parts/short_id'
import { api } from '../../session'
import { found as texts } from '../../texts/found'
import { useSought } from './asked'

type Hit = Shape['SearchHit']

const OPENED_AT: Record<Hit['kind'], ((id: string) => string) | null> = {
  customer: (id) => `/customers/${id}`,
  checkout: null,
  decision: (id) => `/decisions/${id}`,
  loan: (id) => `/loans/${id}`,
  transaction: (id) => `/ledger/transactions/${id}`,
  merchant: (id) => `/merchants/${id}`,
}

/** What a number stands for. */
export function FoundPage() {
  const text = useText(texts)
  const { q, shown } = useSought()
  const query = useQuery({
    queryKey: ['search', q],
    queryFn: () => ask(api.POST('/staff/searches', { body: { q } })),
  })
  return (
    <>
      <PageHead title={text('title', { q: shown })} />
      <Asked query={query} isEmpty={(data) => data.hits.length === 0} empty={text('empty')}>
        {(data) => (
          <Lines<Hit>
            label={text('title', { q: shown })}
            rows={data.hits}
            rowKey={(hit) => `${hit.kind} ${hit.id}`}
            columns={[
              { key: 'kind', title: text('kind'), show: (hit) => text(hit.kind) },
              { key: 'name', title: text('name'), show: (hit) => <Opened hit={hit} /> },
              { key: 'id', title: text('id'), show: (hit) => <ShortId id={hit.id} /> },
              { key: 'status', title: text('status'), show: (hit) => hit.status },
              {
                key: 'amount',
                title: text('amount'),
                figure: true,
                show: (hit) => hit.amount_minor !== null && <Money minor={hit.amount_minor} currency={hit.currency} />,
              },
            ]}
          />
        )}
      </Asked>
    </>
  )
}

function Opened({ hit }: { hit: Hit }) {
  const text = useText(texts)
  const opened = OPENED_AT[hit.kind]
  const name = hit.kind === 'transaction' ? text('inBucket', { bucket: hit.name }) : hit.name
  return opened ? <Link to={opened(hit.id)}>{hit.kind === 'decision' ? text('open') : name}</Link> : name
}
