import { ask, hasCode, type Shape } from '@fenqi/ui'
import { useQuery } from '@tanstack/react-query'
import { api } from '../session'

/** The demo's bank cards; null where nothing stands in for anything. */
export function useStandInAccounts() {
  return useQuery({
    queryKey: ['stand-in', 'accounts'],
    staleTime: Infinity,
    queryFn: () => ask(api.GET('/stand-in/accounts')).then((found) => found.accounts, nothingIfReal),
  })
}

/** What a phone would have received, whoever is here's if none is named; asked again and again while one waits. */
export function useInbox(mobile: string | undefined, isWaiting: boolean) {
  return useQuery({
    queryKey: ['stand-in', 'sms', mobile],
    enabled: isWaiting,
    refetchInterval: 2_000,
    queryFn: () => ask(mobile === undefined ? ownMessages() : messagesTo(mobile)).then(({ messages }) => messages),
  })
}

/** Somebody who does not exist. */
export function inventPerson(record: 'any' | 'late'): Promise<Shape['PersonShape']> {
  return ask(api.GET('/stand-in/person', { params: { query: { record } } }))
}

function ownMessages() {
  return api.GET('/stand-in/my-sms')
}

function messagesTo(mobile: string) {
  return api.GET('/stand-in/sms', { params: { query: { mobile } } })
}

function nothingIfReal(error: unknown): null {
  if (hasCode(error, 'stand_in_refused')) return null
  throw error
}
