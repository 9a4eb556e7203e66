import { ask, Day, Money, useLanguage, useText, type Shape } from '@fenqi/ui'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { useParams } from 'react-router'
import { useAddress } from '../../parts/address'
import { KeyList } from '../../parts/key_list'
import { useMe } from '../../parts/me'
import { PageHead } from '../../parts/page_head'
import { Section } from '../../parts/section'
import { api } from '../../session'
import { books as texts } from '../../texts/books'
import { ItemLines } from './item_lines'
import { OpenItems } from './open_items'
import { Settle } from './settle'
import { useMerchants } from './merchants'

type Line = Shape['StaffSettlement']

/** A merchant: what is owed, what was settled, and settling. */
export function MerchantPage() {
  const text = useText(texts)
  const { language } = useLanguage()
  const { merchant_id = '' } = useParams()
  const { has } = useMe()
  const merchant = useMerchants().data?.merchants.find((each) => each.merchant_id === merchant_id)
  const name = language === 'en' ? merchant?.name_en : merchant?.name_zh
  return (
    <>
      <PageHead title={name ?? text('merchant')} />
      {has('finance') && <Settle merchant_id={merchant_id} />}
      <Settlements merchant_id={merchant_id} />
      <OpenItems merchant_id={merchant_id} />
    </>
  )
}

function Settlements({ merchant_id }: { merchant_id: string }) {
  const text = useText(texts)
  const address = useAddress()
  const [opened, open] = useState<string | null>(null)
  const query = useQuery({
    queryKey: ['merchants', merchant_id, 'settlements', address.query],
    queryFn: () =>
      ask(api.GET('/staff/merchants/{merchant_id}/settlements', { params: { path: { merchant_id }, query: address.query } })),
  })
  const money = (minor: number, line: Line) => <Money minor={minor} currency={line.currency} />
  return (
    <Section title={text('settlements')}>
      <KeyList
        name="settlements"
        label={text('settlements')}
        query={query}
        rows={(data) => data.settlements}
        next={(data) => data.next}
        rowKey={(line) => line.settlement_id}
        empty={text('none')}
        columns={[
          { key: 'until', title: text('untilOn'), show: (line) => <Day on={line.until_on} /> },
          { key: 'items', title: text('items'), figure: true, show: (line) => money(line.items_minor, line) },
          { key: 'in', title: text('carriedIn'), figure: true, show: (line) => money(line.carried_in_minor, line) },
          { key: 'paid', title: text('paid'), figure: true, show: (line) => money(line.paid_minor, line) },
          { key: 'out', title: text('carriedOut'), figure: true, show: (line) => money(line.carried_out_minor, line) },
          {
            key: 'count',
            title: text('count'),
            figure: true,
            show: (line) => (
              <Button size="small" onClick={() => open(line.settlement_id)}>
                {line.item_count}
              </Button>
            ),
          },
        ]}
      />
      {opened && <ItemLines merchant_id={merchant_id} settlement_id={opened} />}
    </Section>
  )
}
