import { Instant, useText, type Shape } from '@fenqi/ui'
import { ChoiceFilter, DaysFilter, TextFilter } from '../../parts/filters'
import { KeyList } from '../../parts/key_list'
import type { Column } from '../../parts/lines'
import { PageHead } from '../../parts/page_head'
import { api } from '../../session'
import { audit as texts } from '../../texts/audit'
import { ACTIONS, ACTOR_KINDS, actions, isAction } from '../../texts/audited'
import { Subject } from './subject'

type Line = Shape['AuditLine']

/** Who did and saw what, newest first; narrowed by who, what, when and about whom. */
export function AuditPage() {
  const text = useText(texts)
  return (
    <>
      <PageHead title={text('title')} />
      <KeyList
        name="audit"
        label={text('title')}
        queryKey={['audit']}
        fetchPage={(query) => api.GET('/staff/audit', { params: { query } })}
        fetchFile={(query) => api.GET('/staff/exports/audit', { params: { query }, parseAs: 'text' })}
        rows={(data) => data.audit}
        rowKey={(line) => line.audit_id}
        columns={useColumns()}
        empty={text('empty')}
        tools={<Filters />}
      />
    </>
  )
}

function Filters() {
  const text = useText(texts)
  const done = useText(actions)
  return (
    <>
      <ChoiceFilter
        name="actor_kind"
        label={text('actorKind')}
        options={ACTOR_KINDS.map((kind) => ({ value: kind, label: text(kind) }))}
      />
      <TextFilter name="actor" label={text('login')} />
      <TextFilter
        name="action"
        label={text('action')}
        suggestions={ACTIONS.map((action) => ({ value: action, label: done(action) }))}
      />
      <TextFilter name="customer_id" label={text('customerId')} />
      <TextFilter name="subject" label={text('subjectId')} />
      <DaysFilter what={text('at')} />
    </>
  )
}

function useColumns(): Column<Line>[] {
  const text = useText(texts)
  const done = useText(actions)
  return [
    { key: 'at', title: text('at'), sort: '-recorded_at', show: (line) => <Instant at={line.recorded_at} /> },
    { key: 'actor', title: text('actor'), show: (line) => line.actor },
    { key: 'action', title: text('action'), show: (line) => (isAction(line.action) ? done(line.action) : line.action) },
    { key: 'subject', title: text('about'), show: (line) => <Subject line={line} /> },
    { key: 'detail', title: text('detail'), show: (line) => <Detail detail={line.detail} /> },
    { key: 'code', title: text('code'), isHidden: true, show: (line) => <code>{line.action}</code> },
  ]
}

function Detail({ detail }: { detail: Line['detail'] }) {
  return <span className="audit-detail">{Object.entries(detail).map(([name, value]) => `${name}: ${value}`).join(' · ')}</span>
}
