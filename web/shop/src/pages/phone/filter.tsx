import { useLanguage, useText } from '@fenqi/ui'
import { useState } from 'react'
import { shop } from '../../texts/shop'
import { brandIn, PRICES, SORTS, type Conditions, type Price } from './conditions'

type Filter = { brands: string[]; wanted: Conditions; change: (name: string, value: string) => void }

/** What somebody looks for: brand, price, order and words; each change is in the address at once. */
export function PhoneFilter({ brands, wanted, change }: Filter) {
  const text = useText(shop)
  const { language } = useLanguage()
  return (
    <div className="filter">
      <Words key={wanted.words} words={wanted.words} change={change} />
      <div className="chips" role="group" aria-label={text('brand')}>
        {['', ...brands].map((brand) => (
          <button
            key={brand}
            type="button"
            className="chip"
            aria-pressed={wanted.brand === brand}
            onClick={() => change('brand', brand)}
          >
            {brand ? brandIn(brand, language) : text('all')}
          </button>
        ))}
      </div>
      <div className="selects">
        <select aria-label={text('price')} value={wanted.price} onChange={(event) => change('price', event.target.value)}>
          {(Object.keys(PRICES) as Price[]).map((price) => (
            <option key={price} value={price}>
              {text(`price_${price}`)}
            </option>
          ))}
        </select>
        <select aria-label={text('sort')} value={wanted.sort} onChange={(event) => change('sort', event.target.value)}>
          {SORTS.map((sort) => (
            <option key={sort} value={sort}>
              {text(`sort_${sort}`)}
            </option>
          ))}
        </select>
      </div>
    </div>
  )
}

function Words({ words, change }: Pick<Filter, 'change'> & { words: string }) {
  const text = useText(shop)
  const [typed, setTyped] = useState(words)
  return (
    <search>
      <form
        className="words"
        onSubmit={(event) => {
          event.preventDefault()
          change('q', typed.trim())
        }}
      >
        <input
          type="search"
          aria-label={text('search')}
          placeholder={text('searchHint')}
          value={typed}
          maxLength={60}
          onChange={(event) => setTyped(event.target.value)}
        />
        <button type="submit" className="button">
          {text('find')}
        </button>
      </form>
    </search>
  )
}
