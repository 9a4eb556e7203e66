import { Link } from 'react-router'
import { ShortId } from '../../parts/short_id'

/** The way to a version of a strategy. */
export function VersionLink({ version }: { version: string }) {
  return (
    <Link to={`/strategies/${version}`}>
      <ShortId id={version} />
    </Link>
  )
}
