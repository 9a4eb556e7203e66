import { useText } from '@fenqi/ui'
import { PageHead } from '../../parts/page_head'
import { texts } from '../../texts'

/** An address that leads nowhere. */
export function UnknownPage() {
  return <PageHead title={useText(texts)('unknown')} />
}
