import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

/**
 * A command that is never retried; afterwards what it is about is asked for again, whatever became of it.
 *
 * Its request has a name that stays until it succeeds, so that a second press after no answer is the same request.
 */
export function useOnce<Said, Answer>(
  queryKey: string[],
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
    onSettled: () => queries.invalidateQueries({ queryKey }),
  })
}
