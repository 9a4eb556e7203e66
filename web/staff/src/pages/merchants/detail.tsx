import { ask, useLanguage, useText } from '@fenqi/ui'
import { useQuery } from '@tanstack/react-query'
import { useParams } from 'react-router'
import { useMe } from '../../parts/me'
import { PageHead } from '../../parts/page_head'
import { api } from '../../session'
import { books as texts } from '../../texts/books'
import { OpenItems } from './open_items'
import { SettlementLines } from './settlement_lines'
import { Settle } from './settle'
import { Settlements } from './settlements'

/** A merchant: what is owed, what was settled, and settling. */
export function MerchantPage() {
  const text = useText(texts)
  const { merchant_id = '' } = useParams()
  const { has } = useMe()
  return (
    <>
      <PageHead title={useName(merchant_id) ?? text('merchant')} />
      {has('finance') && <Settle merchant_id={merchant_id} />}
      <Settlements merchant_id={merchant_id} />
      <SettlementLines merchant_id={merchant_id} />
      <OpenItems merchant_id={merchant_id} />
    </>
  )
}

function useName(merchant_id: string): string | undefined {
  const { language } = useLanguage()
  const found = useQuery({
    queryKey: ['merchants', merchant_id],
    queryFn: () => ask(api.GET('/staff/merchants', { params: { query: { merchant_id } } })),
  })
  const merchant = found.data?.merchants[0]
  return language === 'en' ? merchant?.name_en : merchant?.name_zh
}
