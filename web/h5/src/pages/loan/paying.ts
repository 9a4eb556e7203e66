import { ask, Unreachable, type Shape } from '@fenqi/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useKept } from '../../parts/kept'
import { api } from '../../session'

type Request = { request_id: string; amount_minor: number | null; withdraws?: boolean }

export type Paying = ReturnType<typeof usePaying>

/** Paying on a loan; a request keeps its id until its answer is known, so it counts once. */
export function usePaying(loanId: string) {
  const queries = useQueryClient()
  const [open, keepOpen] = useKept<Request>(`fenqi.pay.${loanId}`)
  const pay = useMutation<Shape['PaymentShape'], Error, Request>({
    mutationFn: (request) => {
      keepOpen(request)
      const path = { params: { path: { loan_id: loanId } } }
      if (request.withdraws) {
        return ask(api.POST('/h5/loans/{loan_id}/withdrawal', { ...path, body: { request_id: request.request_id } }))
      }
      return ask(api.POST('/h5/loans/{loan_id}/repayments', { ...path, body: { request_id: request.request_id, amount_minor: request.amount_minor } }))
    },
    onSettled: (_answer, error) => {
      if (!(error instanceof Unreachable)) keepOpen(null)
      for (const key of ['loan', 'loans', 'me', 'what-if']) void queries.invalidateQueries({ queryKey: [key] })
    },
  })
  return {
    pay,
    /** A request whose answer was lost: whether it was taken is not known. */
    lost: open && !pay.isPending ? open : null,
    /** Null is everything that closes the loan today, reckoned by the service when it is paid. */
    start: (amountMinor: number | null) => pay.mutate({ request_id: newRequestId(), amount_minor: amountMinor }),
    /** Take the loan back within the cooling-off term. */
    withdraw: () => pay.mutate({ request_id: newRequestId(), amount_minor: null, withdraws: true }),
    again: (request: Request) => pay.mutate(request),
  }
}

/** Also where the page did not come over a secure connection, and the browser makes no UUID. */
function newRequestId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
