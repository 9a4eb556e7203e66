import { useMutation, useQueryClient } from '@tanstack/react-query'

/** A command about a complaint, never retried; afterwards the complaint is asked for again, whatever became of it. */
export function useCommand<Said, Answer>(command: (said: Said) => Promise<Answer>) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: command,
    onSettled: () => queries.invalidateQueries({ queryKey: ['complaints'] }),
  })
}

/** Where a complaint's commands go. */
export function at(complaint_id: string) {
  return { params: { path: { complaint_id } } }
}
