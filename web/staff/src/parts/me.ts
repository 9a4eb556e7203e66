import { ask } from '@fenqi/ui'
import { useQuery } from '@tanstack/react-query'
import { api } from '../session'

/** Who is here, and whether they are there for something. */
export function useMe() {
  const me = useQuery({ queryKey: ['me'], queryFn: () => ask(api.GET('/staff/me')), staleTime: Infinity })
  return { me, has: (...roles: string[]) => roles.some((role) => me.data?.roles.includes(role)) }
}
