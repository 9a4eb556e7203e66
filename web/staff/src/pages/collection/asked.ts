import { useMutation, useQueryClient } from '@tanstack/react-query'

/** A command in a case, never retried; afterwards the case is asked for again, whatever became of it. */
export function useInCase<Said, Answer>(case_id: string, command: (said: Said) => Promise<Answer>, onDone?: () => void) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: command,
    onSuccess: () => onDone?.(),
    onSettled: () => queries.invalidateQueries({ queryKey: ['collection', case_id] }),
  })
}

/** A name for one request, so that a second press is the same one. */
export function requestId(): string {
  return crypto.randomUUID()
}
