import { useText } from '@fenqi/ui'
import { Link } from 'react-router'
import { useMe } from '../../parts/me'
import { creditReports as texts } from '../../texts/credit_reports'

/** From one list of credit reporting to the others. */
export function CreditLinks() {
  const text = useText(texts)
  const { has } = useMe()
  return (
    <>
      <Link to="/credit-records">{text('recordsLink')}</Link>
      {has('risk', 'finance', 'compliance') && <Link to="/credit-files">{text('filesLink')}</Link>}
      {has('collector', 'risk', 'compliance') && <Link to="/credit-enquiries">{text('enquiriesLink')}</Link>}
    </>
  )
}
