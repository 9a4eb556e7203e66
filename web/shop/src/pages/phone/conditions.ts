import type { Shape } from '@fenqi/ui'

export type Phone = Shape['PhoneLine']

/** Price ranges in minor units, from (included) to (not included). */
export const PRICES = {
  any: [0, Infinity],
  low: [0, 300_000],
  mid: [300_000, 500_000],
  high: [500_000, 800_000],
  top: [800_000, Infinity],
} as const
export type Price = keyof typeof PRICES

export const SORTS = ['brand', 'up', 'down'] as const
export type Sort = (typeof SORTS)[number]

/** What somebody looks for, as the address says it. */
export type Conditions = { brand: string; price: Price; sort: Sort; words: string }

export function conditionsOf(search: URLSearchParams): Conditions {
  const price = search.get('price') ?? 'any'
  const sort = search.get('sort')
  return {
    brand: search.get('brand') ?? '',
    price: price in PRICES ? (price as Price) : 'any',
    sort: SORTS.find((known) => known === sort) ?? 'brand',
    words: search.get('q') ?? '',
  }
}

/** The phones that fit, in the order that was asked for. */
export function fitting(phones: readonly Phone[], wanted: Conditions): Phone[] {
  const [from, until] = PRICES[wanted.price]
  const words = wanted.words.toLowerCase().split(/\s+/).filter(Boolean)
  const found = phones.filter((phone) => {
    const said = `${phone.brand} ${phone.name.zh} ${phone.name.en} ${phone.storage}`.toLowerCase()
    return (
      (!wanted.brand || phone.brand === wanted.brand) &&
      phone.price_minor >= from &&
      phone.price_minor < until &&
      words.every((word) => said.includes(word))
    )
  })
  if (wanted.sort === 'brand') return found
  const sign = wanted.sort === 'up' ? 1 : -1
  return found.toSorted((one, other) => (one.price_minor < other.price_minor ? -sign : sign))
}

/** A maker's name in a language; the catalogue has both in one text. */
export function brandIn(brand: string, language: string): string {
  const [latin = brand, chinese] = brand.split(' ')
  return language === 'en' ? latin : (chinese ?? latin)
}
