import { ask } from '@fenqi/ui'
import { useQuery } from '@tanstack/react-query'
import { useMe } from '../../parts/me'
import { api } from '../../session'

/** The freeze of a decision's order, for those who may look at it; undefined while nobody knows. */
export function useFrozen(decision_id: string) {
  const { has } = useMe()
  const query = useQuery({
    queryKey: ['decisions', decision_id, 'freeze'],
    queryFn: () => ask(api.GET('/staff/decisions/{decision_id}/freeze', { params: { path: { decision_id } } })),
    enabled: has('reviewer', 'risk', 'compliance'),
  })
  return query.data?.freeze
}
