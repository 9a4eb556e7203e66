import { useText } from '@fenqi/ui'
import { Link } from 'react-router'
import { useMe } from '../../parts/me'
import { cases as texts } from '../../texts/cases'

/** From one page about cases to the others. */
export function CaseLinks() {
  const text = useText(texts)
  const { has } = useMe()
  return (
    <>
      <Link to="/cases">{text('queueLink')}</Link>
      <Link to="/closed-cases">{text('closedLink')}</Link>
      {has('risk', 'compliance') && <Link to="/case-figures">{text('figuresLink')}</Link>}
    </>
  )
}
