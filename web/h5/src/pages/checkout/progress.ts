import { ask, Refused, useToken, type Shape } from '@fenqi/ui'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, session } from '../../session'

export type Progress = Shape['ProgressShape']
export type Decision = Shape['DecisionShape']

const WHEN_OUT_OF_DATE = new Set([409, 410])
const TO_FIX_HERE = new Set(['identity_taken', 'identity_indeterminate', 'identity_fixed', 'code_expired', 'code_used'])

export const at = (checkoutId: string) => ({ params: { path: { checkout_id: checkoutId } } })

/** What is being bought; anybody with the link may see it. */
export function useCheckout(checkoutId: string) {
  return useQuery({
    queryKey: ['checkout', checkoutId],
    queryFn: () => ask(api.GET('/h5/checkouts/{checkout_id}', at(checkoutId))),
  })
}

/** Where this shopper stands: asked on every visit, after every step, and whenever the tab is looked at again. */
export function useProgress(checkoutId: string) {
  const token = useToken(session)
  return useQuery({
    queryKey: ['progress', checkoutId],
    enabled: token !== null,
    staleTime: 0,
    refetchOnWindowFocus: 'always',
    queryFn: () => ask(api.GET('/h5/checkouts/{checkout_id}/progress', at(checkoutId))),
  })
}

export function useDecision(checkoutId: string) {
  return useQuery({
    queryKey: ['decision', checkoutId],
    queryFn: () => ask(api.GET('/h5/checkouts/{checkout_id}/decision', at(checkoutId))),
  })
}

/**
 * A step: a command that is sent once. Whatever comes of it, the service is asked where things stand, so that what
 * was done in another tab, or before the connection went, is seen and not done again.
 */
export function useStep<Input, Answer>(checkoutId: string, act: (input: Input) => Promise<Answer>) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: act,
    onSettled: (_answer, error) => {
      if (error instanceof Refused && !isOutOfDate(error)) return undefined
      void queries.invalidateQueries({ queryKey: ['decision', checkoutId] })
      return queries.invalidateQueries({ queryKey: ['progress', checkoutId] })
    },
  })
}

function isOutOfDate(error: Refused): boolean {
  return WHEN_OUT_OF_DATE.has(error.status) && !TO_FIX_HERE.has(error.refusal.code)
}
