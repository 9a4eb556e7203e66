import { useLocation, useSearchParams } from 'react-router'

const MOBILE = /^1[3-9]\d{9}$/
const ID_NUMBER = /^\d{17}[\dXx]$/

/** What is looked for, as it may stand in an address: what tells a person apart goes beside it, never into it. */
export function addressOf(said: string): { to: string; state: { q: string } } {
  const q = plain(said)
  return { to: `/search?${new URLSearchParams({ q: masked(q) })}`, state: { q } }
}

/** What was looked for: whole from the box, or as the address has it. */
export function useSought(): { q: string; shown: string } {
  const [params] = useSearchParams()
  const { state } = useLocation() as { state: { q?: string } | null }
  const q = state?.q ?? plain(params.get('q') ?? '')
  return { q, shown: masked(q) }
}

/** A mobile number as people say it, with its country and in groups, becomes its eleven digits. */
function plain(said: string): string {
  const digits = said.replace(/[\s-]/g, '').replace(/^\+?86(?=1)/, '')
  return MOBILE.test(digits) || ID_NUMBER.test(digits) ? digits : said.trim()
}

function masked(q: string): string {
  return MOBILE.test(q) || ID_NUMBER.test(q) ? `${q.slice(0, 3)}****${q.slice(-4)}` : q
}
