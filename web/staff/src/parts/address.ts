import { createContext, use } from 'react'
import { useLocation, useSearchParams } from 'react-router'

const LANGUAGE = 'lang'
const PLACE = ['sort', 'after']

/** The list of a page whose sort, filters and place are meant; a page's first list needs no name. */
export const ListName = createContext('')

/** The places behind which the pages before this one began; they travel with the way to the next page. */
type Trail = { pages?: string[] } | null

/** Sort, filters and place of a list, kept in the address: a link, a reload or the back button leads to the same lines. */
export function useAddress(named?: string) {
  const around = use(ListName)
  const list = named ?? around
  const [params, setParams] = useSearchParams()
  const { pages = [] } = (useLocation().state as Trail) ?? {}
  const inAddress = (name: string) => (list ? `${list}.${name}` : name)
  const isOwn = (name: string) => name !== LANGUAGE && (list ? name.startsWith(`${list}.`) : !name.includes('.'))
  const query: Record<string, string> = Object.fromEntries(
    [...params].filter(([name]) => isOwn(name)).map(([name, value]) => [name.slice(list ? list.length + 1 : 0), value]),
  )
  const filters = Object.fromEntries(Object.entries(query).filter(([name]) => !PLACE.includes(name)))
  const changedTo = (changed: Record<string, string>) => {
    const next = new URLSearchParams(params)
    for (const [name, value] of Object.entries({ ...changed })) {
      if (value === '') next.delete(inAddress(name))
      else next.set(inAddress(name), value)
    }
    return next
  }
  const after = query['after'] ?? ''
  return {
    query,
    filters,
    after,
    sort: query['sort'] ?? '',
    value: (name: string) => query[name] ?? '',
    /** Another filter or sort begins at the first page. */
    filter: (changed: Record<string, string>) => setParams(changedTo({ after: '', ...changed })),
    clear: () => setParams(changedTo(Object.fromEntries(Object.keys(query).map((name) => [name, ''])))),
    first: { to: `?${changedTo({ after: '' })}` },
    next: (place: string) => ({ to: `?${changedTo({ after: place })}`, state: { pages: [...pages, after] } }),
    before: after && pages.length > 0 ? { to: `?${changedTo({ after: pages.at(-1) ?? '' })}`, state: { pages: pages.slice(0, -1) } } : null,
  }
}
