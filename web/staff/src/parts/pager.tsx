import { useText } from '@fenqi/ui'
import { Link } from 'react-router'
import { parts } from '../texts/parts'
import { useAddress, type Key } from './address'

/** The ways to the first page of a list and to the next. */
export function Pager({ next }: { next: Key | null }) {
  const text = useText(parts)
  const address = useAddress()
  if (address.isFirst && !next) return null
  return (
    <nav className="pager" aria-label={text('pages')}>
      {!address.isFirst && <Link to={address.pageAt(null)}>{text('firstPage')}</Link>}
      {next && <Link to={address.pageAt(next)}>{text('nextPage')}</Link>}
    </nav>
  )
}
