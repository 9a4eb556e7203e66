import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

/**
 * A command in a case, never retried; afterwards the case is asked for again, whatever became of it.
 *
 * Its request has a name that stays until it succeeds, so that a second press after no answer is the same request.
 */
export function useInCase<Said, Answer>(
  case_id: string,
  command: (said: Said, request_id: string) => Promise<Answer>,
  onDone?: () => void,
) {
  const queries = useQueryClient()
  const [once, renew] = useState(() => crypto.randomUUID())
  return useMutation({
    mutationFn: (said: Said) => command(said, once),
    onSuccess: () => {
      renew(crypto.randomUUID())
      onDone?.()
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['collection', case_id] }),
  })
}
