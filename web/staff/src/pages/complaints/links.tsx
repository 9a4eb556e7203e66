import { useText } from '@fenqi/ui'
import { Link } from 'react-router'
import { complaints as texts } from '../../texts/complaints'

/** From one page of the desk to the other. */
export function ComplaintLinks() {
  const text = useText(texts)
  return (
    <>
      <Link to="/complaints">{text('listLink')}</Link>
      <Link to="/complaint-figures">{text('figuresLink')}</Link>
    </>
  )
}
