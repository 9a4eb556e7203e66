import { ask, Asked, Money, RefusalNotice, useLanguage, useText, type Shape } from '@fenqi/ui'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link, useSearchParams } from 'react-router'
import { api, useNamed } from '../../api'
import { order } from '../../texts/order'
import { FromPlan } from '../phone/from_plan'
import { PhonePicture } from '../phone/picture'

/** A cart of one; its address names the phone and the intent, so that reload and return place no second order. */
export function CartPage() {
  const text = useText(order)
  const [search] = useSearchParams()
  const sku = search.get('sku') ?? ''
  const request = search.get('request') ?? ''
  const phone = useQuery({
    queryKey: ['phone', sku],
    enabled: sku !== '',
    queryFn: () => ask(api.GET('/shop/phones/{sku}', { params: { path: { sku } } })),
  })
  return (
    <>
      <title>{text('cart')}</title>
      <h1>{text('cart')}</h1>
      {sku && request ? (
        <Asked query={phone}>{(found) => <Cart phone={found} request={request} />}</Asked>
      ) : (
        <div className="placeholder">
          <p>{text('nothing')}</p>
          <Link to="/" className="button">
            {text('toPhones')}
          </Link>
        </div>
      )}
    </>
  )
}

function Cart({ phone, request }: { phone: Shape['PhoneShape']; request: string }) {
  const text = useText(order)
  const { language } = useLanguage()
  const named = useNamed()
  const name = named(phone.name)
  const placing = useMutation({
    mutationFn: () => ask(api.POST('/shop/orders', { body: { sku: phone.sku, request_id: request } })),
    onSuccess: (placed) => window.location.assign(`${placed.checkout_url}?lang=${language}`),
  })
  const isBusy = placing.isPending || placing.isSuccess
  return (
    <div className="cart">
      <section className="panel" aria-label={text('goods')}>
        <div className="good">
          <PhonePicture sku={phone.sku} name="" />
          <div>
            <strong>{name}</strong>
            <span className="soft">{phone.storage}</span>
            <span className="soft">{text('one')}</span>
          </div>
          <Money minor={phone.price_minor} currency={phone.currency} />
        </div>
        <p className="sum">
          <span>{text('sum')}</span>
          <span className="price">
            <Money minor={phone.price_minor} currency={phone.currency} />
          </span>
        </p>
      </section>
      <section className="panel entry" aria-labelledby="how">
        <h2 id="how">{text('instalments')}</h2>
        <p className="soft">{named(phone.lender)}</p>
        {phone.from && <FromPlan plan={phone.from} currency={phone.currency} />}
        <p>{text('instalmentsHelp')}</p>
        <p className="soft">{text('noFee')}</p>
        {placing.isError && <RefusalNotice error={placing.error} />}
        <button type="button" className="button" data-wide disabled={isBusy} onClick={() => placing.mutate()}>
          {text(isBusy ? 'submitting' : 'submit')}
        </button>
      </section>
    </div>
  )
}
