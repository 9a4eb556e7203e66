import { useText } from '@fenqi/ui'
import { Link } from 'react-router'
import { parts } from '../texts/parts'
import { useAddress } from './address'

/** The ways to the first page of a list, to the one before and to the next. */
export function Pager({ next, count }: { next: string | null; count: number }) {
  const text = useText(parts)
  const { after, first, before, next: onward } = useAddress()
  return (
    <nav className="pager" aria-label={text('pages')}>
      <span role="status">{text('count', { count })}</span>
      {after && <Link {...first}>{text('firstPage')}</Link>}
      {before && <Link {...before}>{text('pageBefore')}</Link>}
      {next && <Link {...onward(next)}>{text('nextPage')}</Link>}
    </nav>
  )
}
