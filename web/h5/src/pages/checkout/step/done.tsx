import { ask, Asked, useLanguage, useText } from '@fenqi/ui'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { Documents } from '../../../parts/documents'
import { Heading } from '../../../parts/heading'
import { PlanTable } from '../../../parts/plan_table'
import { api } from '../../../session'
import { app } from '../../../texts/app'
import { checkout } from '../../../texts/checkout'
import { at, useCheckout, type Progress } from '../progress'

/** Signed: what happens next, the plan, the documents, and the ways on. */
export function DoneStep({ progress }: { progress: Progress }) {
  const text = useText(checkout)
  const around = useText(app)
  const { language } = useLanguage()
  const merchant = useCheckout(progress.checkout_id).data?.merchant
  const documents = useQuery({
    queryKey: ['documents', progress.checkout_id, progress.status],
    queryFn: () => ask(api.GET('/h5/checkouts/{checkout_id}/documents', at(progress.checkout_id))),
  })
  const name = language === 'en' ? merchant?.en : merchant?.zh
  return (
    <section className="stack">
      <section className="card done">
        <div className="done-sign" aria-hidden="true">
          ✓
        </div>
        <Heading>{text('doneTitle')}</Heading>
        <p role="status">
          {progress.loan_id ? text('doneCaptured') : text('doneHelp', { merchant: name ?? '' })}
        </p>
        <a className="button" data-wide href={progress.return_url}>
          {text('back')}
        </a>
        <Link className="button" data-look="quiet" data-wide to="/">
          {text('toCredit')}
        </Link>
      </section>
      {progress.shown && (
        <section className="card">
          <h2>{around('table')}</h2>
          <PlanTable rows={progress.shown.rows} />
        </section>
      )}
      <Asked query={documents}>{(found) => <Documents documents={found.documents} />}</Asked>
    </section>
  )
}
