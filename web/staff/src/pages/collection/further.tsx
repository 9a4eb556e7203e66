import { useText } from '@fenqi/ui'
import { useMe } from '../../parts/me'
import { Section } from '../../parts/section'
import { collection as texts } from '../../texts/collection'
import { Assign } from './assign'
import { Court } from './court'
import type { CollectionCase } from './detail'
import { WriteOff } from './write_off'

/** Where a case goes that asking has not ended: to an agency, to court, or out of the books. */
export function Further({ found }: { found: CollectionCase }) {
  const text = useText(texts)
  const { has } = useMe()
  return (
    <Section title={text('further')}>
      {has('collector') && <Assign found={found} />}
      <Court found={found} />
      {has('collector') && <WriteOff found={found} />}
    </Section>
  )
}
