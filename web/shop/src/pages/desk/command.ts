import { hasCode } from '@fenqi/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { newIntent } from '../../api'

/**
 * A command of the merchant about one order. Its idempotency key is that of the intent: kept in this tab until there
 * is an answer, so that sending it again after a lost connection does it once. Afterwards the order is asked for anew.
 */
export function useCommand<Input, Answer>(name: string, act: (input: Input, key: string) => Promise<Answer>) {
  const queries = useQueryClient()
  const kept = `fenqi.shop.intent.${name}`
  return useMutation({
    mutationFn: (input: Input) => {
      const key = sessionStorage.getItem(kept) ?? newIntent()
      sessionStorage.setItem(kept, key)
      return act(input, key)
    },
    onSuccess: () => sessionStorage.removeItem(kept),
    onError: (error) => {
      if (hasCode(error, 'idempotency_key_reused')) sessionStorage.removeItem(kept)
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['desk'] }),
  })
}
