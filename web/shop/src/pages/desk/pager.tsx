import { useText } from '@fenqi/ui'
import { Link, useSearchParams } from 'react-router'
import { desk } from '../../texts/desk'

type Pager = { next: Record<string, string> | null; isFirst: boolean }

/** The way to the next page of a list, by the key of its last line, and back to the first. */
export function Pager({ next, isFirst }: Pager) {
  const text = useText(desk)
  const [search] = useSearchParams()
  const withKey = (key: Record<string, string>) => {
    const kept = Object.fromEntries([...search].filter(([name]) => !name.startsWith('before_')))
    return `?${new URLSearchParams({ ...kept, ...key })}`
  }
  if (!next && isFirst) return null
  return (
    <nav className="pager">
      {!isFirst && (
        <Link className="button" data-look="quiet" to={withKey({})}>
          {text('first')}
        </Link>
      )}
      {next && (
        <Link className="button" data-look="quiet" to={withKey(next)}>
          {text('next')}
        </Link>
      )}
    </nav>
  )
}
