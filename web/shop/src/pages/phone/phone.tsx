import { ask, Asked, Money, useLanguage, useText, type Shape } from '@fenqi/ui'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link, useParams } from 'react-router'
import { api, newIntent, useNamed } from '../../api'
import { shop } from '../../texts/shop'
import { brandIn } from './conditions'
import { FromPlan } from './from_plan'
import { PayNow } from './pay_now'
import { PhonePicture } from './picture'
import { Plans } from './plans'

/** One phone: what it costs at once, and apart from that what it costs in instalments. */
export function PhonePage() {
  const { sku = '' } = useParams()
  const text = useText(shop)
  const phone = useQuery({
    queryKey: ['phone', sku],
    queryFn: () => ask(api.GET('/shop/phones/{sku}', { params: { path: { sku } } })),
  })
  return (
    <>
      <Link to="/" className="back">
        {text('back')}
      </Link>
      <Asked query={phone}>{(found) => <Phone phone={found} />}</Asked>
    </>
  )
}

function Phone({ phone }: { phone: Shape['PhoneShape'] }) {
  const text = useText(shop)
  const { language } = useLanguage()
  const named = useNamed()
  const name = named(phone.name)
  return (
    <article className="phone">
      <title>{`${name} · ${text('shop')}`}</title>
      <div className="phone-picture">
        <PhonePicture sku={phone.sku} name={text('drawn', { name })} />
      </div>
      <div className="phone-head">
        <span className="soft">{brandIn(phone.brand, language)}</span>
        <h1>{name}</h1>
        <span className="soft">{phone.storage}</span>
        <span className="price large">
          <Money minor={phone.price_minor} currency={phone.currency} />
        </span>
      </div>
      <PayNow price_minor={phone.price_minor} currency={phone.currency} />
      <Instalments phone={phone} lender={named(phone.lender)} />
      <Plans plans={phone.plans} currency={phone.currency} lender={named(phone.lender)} />
    </article>
  )
}

/** The lender's product has an entry of its own: one goes in, and nothing is chosen already. */
function Instalments({ phone, lender }: { phone: Shape['PhoneShape']; lender: string }) {
  const text = useText(shop)
  const [request] = useState(newIntent)
  if (phone.plans.length === 0) return null
  return (
    <section className="panel entry" aria-labelledby="pay-later">
      <h2 id="pay-later">{text('payLater')}</h2>
      <p className="soft">
        {lender} · {text('payLaterHelp')}
      </p>
      {phone.from && <FromPlan plan={phone.from} currency={phone.currency} />}
      <Link className="button" data-wide to={`/cart?${new URLSearchParams({ sku: phone.sku, request })}`}>
        {text('toCart')}
      </Link>
    </section>
  )
}
