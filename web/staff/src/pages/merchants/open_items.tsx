import { useText } from '@fenqi/ui'
import { KeyList } from '../../parts/key_list'
import { Section } from '../../parts/section'
import { api } from '../../session'
import { books as texts } from '../../texts/books'
import { ItemKindFilter, useItemColumns } from './item_columns'

/** What the merchant is owed and no settlement holds yet. */
export function OpenItems({ merchant_id }: { merchant_id: string }) {
  const text = useText(texts)
  const path = { merchant_id }
  return (
    <Section title={text('open')}>
      <KeyList
        name="open-items"
        list="items"
        label={text('open')}
        queryKey={['merchants', merchant_id, 'items']}
        fetchPage={(query) => api.GET('/staff/merchants/{merchant_id}/items', { params: { path, query } })}
        fetchFile={(query) => api.GET('/staff/exports/open-items', { params: { query: { ...path, ...query } }, parseAs: 'text' })}
        rows={(data) => data.items}
        columns={useItemColumns()}
        rowKey={(item) => item.item_id}
        empty={text('none')}
        tools={<ItemKindFilter />}
      />
    </Section>
  )
}
