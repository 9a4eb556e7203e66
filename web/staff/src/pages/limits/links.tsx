import { useText } from '@fenqi/ui'
import { Link } from 'react-router'
import { limits as texts } from '../../texts/limits'

/** From one page about credit lines to the others. */
export function LimitLinks() {
  const text = useText(texts)
  return (
    <>
      <Link to="/limits">{text('movesLink')}</Link>
      <Link to="/special-limits">{text('specialsLink')}</Link>
      <Link to="/limit-rules">{text('rulesLink')}</Link>
    </>
  )
}
