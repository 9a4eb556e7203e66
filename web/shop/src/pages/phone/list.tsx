import { ask, Asked, useText } from '@fenqi/ui'
import { useQuery } from '@tanstack/react-query'
import { useSearchParams } from 'react-router'
import { api } from '../../api'
import { shop } from '../../texts/shop'
import { PhoneCard } from './card'
import { conditionsOf, fitting, type Phone } from './conditions'
import { PhoneFilter } from './filter'
import { Hero } from './hero'

/** Every phone on sale, by brand, price and words. */
export function PhonesPage() {
  const text = useText(shop)
  const phones = useQuery({ queryKey: ['phones'], queryFn: () => ask(api.GET('/shop/phones')) })
  return (
    <>
      <title>{text('shop')}</title>
      <Hero />
      <Asked query={phones} isEmpty={(found) => found.phones.length === 0} empty={text('noPhones')}>
        {(found) => <Catalogue phones={found.phones} />}
      </Asked>
    </>
  )
}

function Catalogue({ phones }: { phones: Phone[] }) {
  const text = useText(shop)
  const [search, setSearch] = useSearchParams()
  const wanted = conditionsOf(search)
  const found = fitting(phones, wanted)
  const brands = [...new Set(phones.map((phone) => phone.brand))]
  const change = (name: string, value: string) =>
    setSearch((before) => {
      const after = new URLSearchParams(before)
      if (value) after.set(name, value)
      else after.delete(name)
      return after
    })
  return (
    <>
      <PhoneFilter brands={brands} wanted={wanted} change={change} />
      <p role="status" className="soft found">
        {text('found', { count: found.length })}
      </p>
      {found.length === 0 ? (
        <div className="placeholder">
          <p>{text('noneFound')}</p>
          <button type="button" className="button" data-look="quiet" onClick={() => setSearch({})}>
            {text('reset')}
          </button>
        </div>
      ) : (
        <ul className="cards">
          {found.map((phone) => (
            <li key={phone.sku}>
              <PhoneCard phone={phone} />
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
