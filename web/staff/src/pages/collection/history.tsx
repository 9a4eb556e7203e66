import { Instant, Money, useText } from '@fenqi/ui'
import { Section } from '../../parts/section'
import { collection as texts } from '../../texts/collection'
import { contacts as contactTexts } from '../../texts/contacts'
import type { CollectionCase } from './detail'
import { useWhat } from './what'

/** Contacts, payments and what was done, newest first. */
export function History({ lines }: { lines: CollectionCase['history'] }) {
  const text = useText(texts)
  const contact = useText(contactTexts)
  const what = useWhat()
  return (
    <Section title={text('history')}>
      <ol className="events">
        {lines.map((line, place) => (
          <li key={`${line.at} ${place}`}>
            <Instant at={line.at} /> {text(`${line.kind}_line`)} · {what(line)}
            {line.amount_minor !== null && (
              <>
                {' '}
                <Money minor={line.amount_minor} />
              </>
            )}{' '}
            {line.by} {line.results.map((one) => contact(one as 'sent')).join(' · ')} {line.text && `— ${line.text}`}
          </li>
        ))}
      </ol>
    </Section>
  )
}
