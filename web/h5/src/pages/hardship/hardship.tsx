import { ask, Asked, useText } from '@fenqi/ui'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { Heading } from '../../parts/heading'
import { api } from '../../session'
import { hardship } from '../../texts/hardship'
import { AskForHelp } from './ask'
import { Course } from './course'

/** Help in difficulty: asking for it in one step, or where a request stands. */
export function HardshipPage() {
  const text = useText(hardship)
  const query = useQuery({ queryKey: ['hardship'], queryFn: () => ask(api.GET('/h5/hardship')) })
  return (
    <>
      <Link to="/" className="soft">
        ‹ {text('back')}
      </Link>
      <Heading>{text('title')}</Heading>
      <Asked query={query}>
        {(found) => (
          <>
            {found.can_ask && <AskForHelp days={found.answer_days} />}
            {!found.can_ask && found.requests.length === 0 && <p className="placeholder">{text('nothing')}</p>}
            {found.requests.map((request) => (
              <Course key={request.request_id} request={request} />
            ))}
          </>
        )}
      </Asked>
    </>
  )
}
