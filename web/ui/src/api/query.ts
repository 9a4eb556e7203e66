import { QueryClient } from '@tanstack/react-query'
import { Unreachable } from './refused'

/** Looks are repeated when nobody answered; commands never are: the page asks where things stand instead. */
export function newQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        retry: (failures, error) => error instanceof Unreachable && failures < 2,
        retryDelay: 800,
        staleTime: 5_000,
        networkMode: 'always',
      },
      mutations: { retry: false, networkMode: 'always' },
    },
  })
}
