import { Asked, Percent, useText, type Shape } from '@fenqi/ui'
import { Link } from 'react-router'
import { Lines } from '../../parts/lines'
import { useMe } from '../../parts/me'
import { PageHead } from '../../parts/page_head'
import { books as texts } from '../../texts/books'
import { useMerchants } from './merchants'

/** Every merchant. */
export function MerchantsPage() {
  const text = useText(texts)
  const query = useMerchants()
  return (
    <>
      <PageHead title={text('merchants')} />
      <Asked query={query}>
        {(data) => (
          <Lines<Shape['MerchantLine']>
            label={text('merchants')}
            rows={data.merchants}
            rowKey={(line) => line.merchant_id}
            empty={text('none')}
            columns={[
              { key: 'name', title: text('merchant'), show: (line) => <Name line={line} /> },
              { key: 'rate', title: text('discount'), figure: true, show: (line) => <Percent share={line.discount_rate} /> },
              { key: 'webhook', title: text('webhook'), show: (line) => line.webhook_url },
              { key: 'stand_in', title: text('standIn'), show: (line) => line.is_stand_in && text('standIn') },
            ]}
          />
        )}
      </Asked>
    </>
  )
}

function Name({ line }: { line: Shape['MerchantLine'] }) {
  const { has } = useMe()
  const name = `${line.name_zh} · ${line.name_en}`
  return has('finance', 'compliance') ? <Link to={`/merchants/${line.merchant_id}`}>{name}</Link> : name
}
