import { useText } from '@fenqi/ui'
import { Link } from 'react-router'
import { hardship as texts } from '../../texts/hardship'

/** From one page of the desk to the others. */
export function HardshipLinks() {
  const text = useText(texts)
  return (
    <>
      <Link to="/hardship">{text('waitingLink')}</Link>
      <Link to="/answered-hardship">{text('answeredLink')}</Link>
    </>
  )
}
