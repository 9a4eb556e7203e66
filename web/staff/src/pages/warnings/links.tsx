import { useText } from '@fenqi/ui'
import { Link } from 'react-router'
import { useMe } from '../../parts/me'
import { warningRules as texts } from '../../texts/warning_rules'

/** From one page about early warnings to the others. */
export function WarningLinks() {
  const text = useText(texts)
  const { has } = useMe()
  return (
    <>
      <Link to="/warnings">{text('warningsLink')}</Link>
      {has('risk', 'compliance') && <Link to="/warning-rules">{text('rulesLink')}</Link>}
    </>
  )
}
