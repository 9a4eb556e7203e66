import { Money, useText } from '@fenqi/ui'
import { Link } from 'react-router'
import { useNamed } from '../../api'
import { shop } from '../../texts/shop'
import type { Phone } from './conditions'
import { FromPlan } from './from_plan'
import { PhonePicture } from './picture'

/** One phone in the catalogue: picture, price, and instalment and annual cost side by side. */
export function PhoneCard({ phone }: { phone: Phone }) {
  const text = useText(shop)
  const name = useNamed()(phone.name)
  return (
    <Link to={`/phones/${encodeURIComponent(phone.sku)}`} className="card">
      <span className="card-picture">
        <PhonePicture sku={phone.sku} name={text('drawn', { name })} />
      </span>
      <strong className="card-name">{name}</strong>
      <span className="card-storage">{phone.storage}</span>
      <span className="price">
        <Money minor={phone.price_minor} currency={phone.currency} />
      </span>
      {phone.from && <FromPlan plan={phone.from} currency={phone.currency} />}
      {phone.interest_free_tenors.length > 0 && (
        <span className="tag">{text('freeIn', { tenors: phone.interest_free_tenors.join(' / ') })}</span>
      )}
    </Link>
  )
}
