import { ask, Day, Instant, RefusalNotice, useText, type Shape } from '@fenqi/ui'
import { Button } from 'antd'
import { Link } from 'react-router'
import { Lines } from '../../parts/lines'
import { useMe } from '../../parts/me'
import { useOnce } from '../../parts/once'
import { Section } from '../../parts/section'
import { api } from '../../session'
import { warningCalls as texts } from '../../texts/warning_calls'
import { AnswerCall } from './answer_call'

type Warning = Shape['WarningShape']
type Call = Shape['WarningCallShape']

/** The calls about a warning, what was said in them, and the next one. */
export function Calls({ warning }: { warning: Warning }) {
  const text = useText(texts)
  const { has } = useMe()
  const mayCall = has('collector', 'risk')
  const open = warning.calls.filter((call) => call.answered === null)
  if (warning.calls.length === 0 && warning.call_due_on === null) return null
  return (
    <Section title={text('calls')}>
      {warning.call_due_on && (
        <p>
          {text(warning.is_call_overdue ? 'overdue' : 'due')} <Day on={warning.call_due_on} />
        </p>
      )}
      <Lines<Call>
        label={text('calls')}
        rows={warning.calls}
        empty={text('none')}
        rowKey={(call) => call.contact_id}
        columns={[
          { key: 'at', title: text('begunAt'), show: (call) => <Instant at={call.begun_at} /> },
          { key: 'by', title: text('by'), show: (call) => call.begun_by },
          { key: 'answered', title: text('answered'), show: (call) => text(`answered_${call.answered ?? 'not_told'}`) },
          { key: 'said', title: text('said'), show: (call) => call.said && text(`said_${call.said}`) },
          { key: 'came', title: text('came'), show: (call) => <CameOf call={call} /> },
          { key: 'words', title: text('words'), show: (call) => call.words },
        ]}
      />
      {mayCall && warning.call_due_on && <Begin warning={warning} />}
      {mayCall &&
        open.map((call) => <AnswerCall key={call.contact_id} warningId={warning.warning_id} contactId={call.contact_id} />)}
    </Section>
  )
}

function CameOf({ call }: { call: Call }) {
  const text = useText(texts)
  if (call.pays_on) return <Day on={call.pays_on} />
  if (call.hardship_id) return <Link to={`/hardship/${call.hardship_id}`}>{text('help')}</Link>
  if (call.complaint_id) return <Link to={`/complaints/${call.complaint_id}`}>{text('complaint')}</Link>
  return null
}

function Begin({ warning }: { warning: Warning }) {
  const text = useText(texts)
  const { warning_id } = warning
  const begin = useOnce(['warnings', warning_id], (_: undefined, request_id) =>
    ask(api.POST('/staff/warnings/{warning_id}/calls', { params: { path: { warning_id } }, body: { request_id } })),
  )
  return (
    <>
      <div className="page-tools">
        <Button type="primary" loading={begin.isPending} onClick={() => begin.mutate(undefined)}>
          {text('begin')}
        </Button>
      </div>
      <p role="status">{begin.data && text('dial', { mobile: begin.data.mobile, text: begin.data.text })}</p>
      {begin.isError && <RefusalNotice error={begin.error} />}
    </>
  )
}
