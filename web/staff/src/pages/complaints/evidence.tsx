import { ask, Instant, RefusalNotice, useText } from '@fenqi/ui'
import { Button } from 'antd'
import { Link } from 'react-router'
import { Lines } from '../../parts/lines'
import { useMe } from '../../parts/me'
import { Section } from '../../parts/section'
import { ShortId } from '../../parts/short_id'
import { api } from '../../session'
import { complaints as texts } from '../../texts/complaints'
import { at, useCommand } from './command'
import type { Complaint } from './detail'

type Kind = Complaint['evidence'][number]['kind']

/** What of the record the complaint rests on, and what else of it can be named. */
export function Evidence({ found, mayName }: { found: Complaint; mayName: boolean }) {
  const text = useText(texts)
  const named = new Set(found.evidence.map((line) => line.subject_id))
  const rest = found.record.filter((line) => !named.has(line.subject_id))
  const naming = useCommand((subject_id: string) =>
    ask(api.POST('/staff/complaints/{complaint_id}/evidence', { ...at(found.complaint_id), body: { subject_id } })),
  )
  return (
    <>
      <Section title={text('evidence')}>
        <Lines
          label={text('evidence')}
          rows={found.evidence}
          rowKey={(line) => line.subject_id}
          empty={text('noEvidence')}
          columns={[
            { key: 'kind', title: text('kind'), show: (line) => text(`kind_${line.kind}`) },
            { key: 'subject', title: text('told'), show: (line) => <Subject kind={line.kind} id={line.subject_id} /> },
            { key: 'at', title: text('at'), show: (line) => <Instant at={line.added_at} /> },
            { key: 'by', title: text('by'), show: (line) => line.added_by },
          ]}
        />
      </Section>
      {mayName && (
        <Section title={text('record')}>
          <Lines
            label={text('record')}
            rows={rest}
            rowKey={(line) => line.subject_id}
            empty={text('noRecord')}
            columns={[
              { key: 'kind', title: text('kind'), show: (line) => text(`kind_${line.kind}`) },
              { key: 'at', title: text('at'), show: (line) => <Instant at={line.at} /> },
              { key: 'told', title: text('told'), show: (line) => line.told },
              {
                key: 'name',
                title: text('addEvidence'),
                show: (line) => (
                  <Button size="small" disabled={naming.isPending} onClick={() => naming.mutate(line.subject_id)}>
                    {text('addEvidence')}
                  </Button>
                ),
              },
            ]}
          />
          {naming.isError && <RefusalNotice error={naming.error} />}
        </Section>
      )}
    </>
  )
}

function Subject({ kind, id }: { kind: Kind; id: string }) {
  const { has } = useMe()
  const short = <ShortId id={id} />
  if (kind === 'loan' && has('finance', 'collector', 'compliance')) return <Link to={`/loans/${id}`}>{short}</Link>
  if (kind === 'decision' && has('risk', 'compliance')) return <Link to={`/decisions/${id}`}>{short}</Link>
  return short
}
