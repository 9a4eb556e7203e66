import { ask, Asked, useText } from '@fenqi/ui'
import { useInfiniteQuery, type UseQueryResult } from '@tanstack/react-query'
import { Button } from 'antd'
import { Section } from '../../parts/section'
import { api } from '../../session'
import { books as texts } from '../../texts/books'
import { parts } from '../../texts/parts'
import { Items } from './item_lines'

type Key = { before_on: string; before_id: string } | null

/** What the merchant is owed and no settlement holds yet. */
export function OpenItems({ merchant_id }: { merchant_id: string }) {
  const text = useText(texts)
  const more = useText(parts)
  const query = useInfiniteQuery({
    queryKey: ['merchants', merchant_id, 'items'],
    initialPageParam: null as Key,
    queryFn: ({ pageParam }) =>
      ask(api.GET('/staff/merchants/{merchant_id}/items', { params: { path: { merchant_id }, query: pageParam ?? {} } })),
    getNextPageParam: (last) => last.next,
    select: (data) => data.pages.flatMap((page) => page.items),
  })
  return (
    <Section title={text('open')}>
      <Asked query={query as unknown as UseQueryResult<NonNullable<typeof query.data>>}>
        {(items) => <Items items={items} />}
      </Asked>
      {query.hasNextPage && <Button onClick={() => void query.fetchNextPage()}>{more('nextPage')}</Button>}
    </Section>
  )
}
