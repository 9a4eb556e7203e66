import { useOnce } from '../../parts/once'

/** A command in a case; afterwards the case is asked for again. */
export function useInCase<Said, Answer>(
  case_id: string,
  command: (said: Said, request_id: string) => Promise<Answer>,
  onDone?: () => void,
) {
  return useOnce(['collection', case_id], command, onDone)
}
