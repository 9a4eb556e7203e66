import { useText } from '@fenqi/ui'
import { Button } from 'antd'
import { useAddress } from '../../parts/address'
import { KeyList } from '../../parts/key_list'
import { Section } from '../../parts/section'
import { ShortId } from '../../parts/short_id'
import { api } from '../../session'
import { books as texts } from '../../texts/books'
import { ItemKindFilter, useItemColumns } from './item_columns'

/** The settlement that the address names, line by line. */
export function SettlementLines({ merchant_id }: { merchant_id: string }) {
  const text = useText(texts)
  const { value, clear } = useAddress('lines')
  const columns = useItemColumns()
  const settlement_id = value('settlement_id')
  if (!settlement_id) return null
  const path = { merchant_id, settlement_id }
  return (
    <Section title={text('settlement')} extra={<Button onClick={clear}>{text('closeLines')}</Button>}>
      <p>
        <ShortId id={settlement_id} />
      </p>
      <KeyList
        name="settlement-items"
        list="lines"
        label={text('settlement')}
        queryKey={['merchants', merchant_id, 'settlements', settlement_id]}
        fetchPage={(query) => api.GET('/staff/merchants/{merchant_id}/settlements/{settlement_id}', { params: { path, query } })}
        fetchFile={(query) => api.GET('/staff/exports/settlement-items', { params: { query: { ...path, ...query } }, parseAs: 'text' })}
        rows={(data) => data.items}
        columns={columns}
        rowKey={(item) => item.item_id}
        empty={text('none')}
        tools={<ItemKindFilter />}
      />
    </Section>
  )
}
