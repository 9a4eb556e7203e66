import { ask, Money, RefusalNotice, Unreachable, useText, type Shape } from '@fenqi/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useKept } from '../../parts/kept'
import { api } from '../../session'
import { bills } from '../../texts/bills'

type Request = { request_id: string }

/** All that is due today over every loan, and one payment for it; a lost answer keeps the request, so it counts once. */
export function PayDue({ found }: { found: Shape['BillsShape'] }) {
  const text = useText(bills)
  const queries = useQueryClient()
  const [open, keepOpen] = useKept<Request>('fenqi.pay-due')
  const pay = useMutation({
    mutationFn: (request: Request) => {
      keepOpen(request)
      return ask(api.POST('/h5/payments', { body: { ...request, rule: 'oldest_due' } }))
    },
    onSettled: (_answer, error) => {
      if (!(error instanceof Unreachable)) keepOpen(null)
      for (const key of ['bills', 'calendar', 'loan', 'loans', 'me']) void queries.invalidateQueries({ queryKey: [key] })
    },
  })
  if (open && !pay.isPending) {
    return (
      <section className="notice" data-tone="warn" role="alert">
        <p>{text('lost')}</p>
        <button type="button" className="button" onClick={() => pay.mutate(open)}>
          {text('again')}
        </button>
      </section>
    )
  }
  return (
    <section className="card">
      <dl className="figures">
        <div className="large">
          <dt>{text('dueToday')}</dt>
          <dd>
            <Money minor={found.due_minor} currency={found.currency} />
          </dd>
        </div>
      </dl>
      {pay.data && (
        <p className="notice" data-tone={pay.data.state === 'succeeded' ? 'good' : 'warn'} role="status">
          {text(`paid_${pay.data.state}`)}
        </p>
      )}
      {pay.isError && <RefusalNotice error={pay.error} />}
      {found.due_minor > 0 ? (
        <button
          type="button"
          className="button"
          data-wide
          disabled={pay.isPending}
          onClick={() => pay.mutate({ request_id: newRequestId() })}
        >
          {text(pay.isPending ? 'paying' : 'payAll')}
        </button>
      ) : (
        !pay.data && <p className="soft">{text('nothingDue')}</p>
      )}
    </section>
  )
}

/** Also where the page did not come over a secure connection, and the browser makes no UUID. */
function newRequestId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
