import { RefusalNotice, useText, type Shape } from '@fenqi/ui'
import { useMutation } from '@tanstack/react-query'
import { app } from '../texts/app'
import { Document, download } from './document'

/** Documents to read and to take away. */
export function Documents({ documents }: { documents: Shape['DocumentLine'][] }) {
  const text = useText(app)
  const saving = useMutation({
    mutationFn: (each: Shape['DocumentLine']) => download(each.document_id, text(`doc_${each.kind}`)),
  })
  return (
    <section className="card">
      <h2>{text('documents')}</h2>
      {documents.length === 0 && <p className="soft">{text('noDocuments')}</p>}
      {documents.map((each) => (
        <details key={each.document_id} className="fold">
          <summary>{text(`doc_${each.kind}`)}</summary>
          <button type="button" className="button" data-look="quiet" onClick={() => saving.mutate(each)}>
            {text('download')}
            <span className="unseen">{text(`doc_${each.kind}`)}</span>
          </button>
          <Document documentId={each.document_id} kind={each.kind} />
        </details>
      ))}
      {saving.isError && <RefusalNotice error={saving.error} />}
    </section>
  )
}
