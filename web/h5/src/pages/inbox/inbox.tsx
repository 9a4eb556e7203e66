import { ask, Asked, Instant, useText } from '@fenqi/ui'
import { useQuery } from '@tanstack/react-query'
import { Heading } from '../../parts/heading'
import { api } from '../../session'
import { inbox } from '../../texts/inbox'
import { Preferences } from './preferences'

/** What one was told, newest first, and what one wants to be told. */
export function InboxPage() {
  const text = useText(inbox)
  const query = useQuery({ queryKey: ['inbox'], queryFn: () => ask(api.GET('/h5/inbox')) })
  return (
    <>
      <Heading>{text('title')}</Heading>
      <Asked query={query} isEmpty={(found) => found.messages.length === 0} empty={text('none')}>
        {(found) =>
          found.messages.map((message) => (
            <article key={message.contact_id} className="card">
              <p className="soft">
                {text(message.purpose)} · <Instant at={message.told_at} />
              </p>
              <p>{message.text}</p>
            </article>
          ))
        }
      </Asked>
      <Preferences />
    </>
  )
}
