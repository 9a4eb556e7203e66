import { Percent, useText, type Shape } from '@fenqi/ui'
import { Link } from 'react-router'
import { TextFilter } from '../../parts/filters'
import { KeyList } from '../../parts/key_list'
import { useMe } from '../../parts/me'
import { PageHead } from '../../parts/page_head'
import { ShortId } from '../../parts/short_id'
import { api } from '../../session'
import { books as texts } from '../../texts/books'

type Line = Shape['MerchantLine']

/** The merchants, by name. */
export function MerchantsPage() {
  const text = useText(texts)
  return (
    <>
      <PageHead title={text('merchants')} />
      <KeyList
        name="merchants"
        label={text('merchants')}
        queryKey={['merchants']}
        fetchPage={(query) => api.GET('/staff/merchants', { params: { query } })}
        fetchFile={(query) => api.GET('/staff/exports/merchants', { params: { query }, parseAs: 'text' })}
        rows={(data) => data.merchants}
        columns={[
          { key: 'zh', title: text('nameZh'), sort: 'name_zh', show: (line) => <Name line={line} name={line.name_zh} /> },
          { key: 'en', title: text('nameEn'), sort: 'name_en', show: (line) => <Name line={line} name={line.name_en} /> },
          {
            key: 'rate',
            title: text('discount'),
            figure: true,
            sort: '-discount_rate',
            show: (line) => <Percent share={line.discount_rate} />,
          },
          { key: 'webhook', title: text('webhook'), show: (line) => line.webhook_url },
          { key: 'stand_in', title: text('standIn'), show: (line) => line.is_stand_in && text('standIn') },
          { key: 'id', title: text('merchantId'), isHidden: true, show: (line) => <ShortId id={line.merchant_id} /> },
        ]}
        rowKey={(line) => line.merchant_id}
        empty={text('none')}
        tools={<TextFilter name="name" label={text('nameFilter')} />}
      />
    </>
  )
}

function Name({ line, name }: { line: Line; name: string }) {
  const { has } = useMe()
  return has('finance', 'compliance') ? <Link to={`/merchants/${line.merchant_id}`}>{name}</Link> : name
}
