import { ask, Asked, Money, useLanguage, useText } from '@fenqi/ui'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../api'
import { texts } from '../../texts'

/** Every phone on sale. */
export function PhonesPage() {
  const text = useText(texts)
  const { language } = useLanguage()
  const phones = useQuery({ queryKey: ['phones'], queryFn: () => ask(api.GET('/shop/phones')) })
  return (
    <>
      <h1>{text('phones')}</h1>
      <Asked query={phones} isEmpty={(found) => found.phones.length === 0} empty={text('noPhones')}>
        {(found) => (
          <ul>
            {found.phones.map((phone) => (
              <li key={phone.sku}>
                {phone.brand} {language === 'en' ? phone.name.en : phone.name.zh} {phone.storage}{' '}
                <Money minor={phone.price_minor} currency={phone.currency} />
              </li>
            ))}
          </ul>
        )}
      </Asked>
    </>
  )
}
