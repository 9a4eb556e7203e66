import { useSearchParams } from 'react-router'

const KEYS = ['before_at', 'before_id', 'before_on', 'before_minor', 'after_at', 'after_id', 'after_seq']

export type Key = Record<string, string | number>

/** Filters and place of a list, kept in the address so that a link or the back button leads to the same lines. */
export function useAddress() {
  const [params, setParams] = useSearchParams()
  const all = (): Record<string, string> => Object.fromEntries([...params].filter(([name]) => name !== 'lang'))
  const filters = () => Object.fromEntries(Object.entries(all()).filter(([name]) => !KEYS.includes(name)))
  return {
    query: all(),
    filters: filters(),
    isFirst: !KEYS.some((name) => params.has(name)),
    value: (name: string) => params.get(name) ?? '',
    /** Another filter begins at the first page. */
    filter: (changed: Record<string, string>) =>
      setParams(Object.fromEntries(Object.entries({ ...filters(), ...changed }).filter(([, value]) => value !== ''))),
    pageAt: (key: Key | null) =>
      `?${new URLSearchParams({
        ...filters(),
        ...Object.fromEntries(Object.entries(key ?? {}).map(([name, value]) => [name, String(value)])),
      })}`,
  }
}
