import { ask, Asked, useText, type Shape } from '@fenqi/ui'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { Section } from '../../parts/section'
import { api } from '../../session'
import { waiting as texts } from '../../texts/waiting'

type Queue = Shape['QueueLine']['queue']

const EVERY_MINUTE = 60_000
const WORKED_AT: Record<Queue, string> = {
  cases: '/cases',
  warnings: '/warnings?call=to_make',
  hardship: '/hardship',
  complaints: '/complaints',
  collection: '/collection-cases',
  loan_changes: '/loan-changes',
  special_limits: '/special-limits?state=proposed',
  limit_rules: '/limit-rules',
  warning_rules: '/warning-rules',
  strategies: '/strategies',
  money_cases: '/reconciliation',
}

/** What waits for people, in every queue that whoever is here may open; a queue without anything is left out. */
export function Waiting() {
  const text = useText(texts)
  const query = useQuery({
    queryKey: ['waiting'],
    queryFn: () => ask(api.GET('/staff/waiting')),
    refetchInterval: EVERY_MINUTE,
  })
  return (
    <Section title={text('waiting')}>
      <Asked query={query} isEmpty={(found) => found.waiting.every((line) => line.count === 0)} empty={text('nothing')}>
        {(found) => (
          <ul className="tiles waiting">
            {found.waiting
              .filter((line) => line.count > 0)
              .map((line) => (
                <li key={line.queue}>
                  <Link to={WORKED_AT[line.queue]}>
                    <strong>{line.has_more ? `${line.count}+` : line.count}</strong> {text(line.queue)}
                  </Link>
                </li>
              ))}
          </ul>
        )}
      </Asked>
    </Section>
  )
}
