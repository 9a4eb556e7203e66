import { ask, minorOf, RefusalNotice, useText, type Shape } from '@fenqi/ui'
import { useMutation } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { useNavigate, useParams } from 'react-router'
import { ChoiceList } from '../../parts/choice'
import { Labelled } from '../../parts/labelled'
import { PageHead } from '../../parts/page_head'
import { api } from '../../session'
import { complaints as texts } from '../../texts/complaints'
import { CAUSES } from './names'

type Channel = Shape['ComplaintOf']['channel']
type Cause = Shape['ComplaintCause']

const CHANNELS: Channel[] = ['hotline', 'agent', 'regulator']
const WORDS_MIN = 5

/** Write a complaint down that came on the phone or from a supervisor. */
export function OpenComplaintPage() {
  const text = useText(texts)
  const { customer_id = '' } = useParams()
  const go = useNavigate()
  const [once] = useState(() => crypto.randomUUID())
  const [channel, come] = useState<Channel>('hotline')
  const [cause, setCause] = useState<Cause>('service')
  const [typed, type] = useState({ reference: '', loan: '', disputed: '', words: '' })
  const minor = minorOf(typed.disputed)
  const isDispute = cause === 'goods'
  const sending = useMutation({
    mutationFn: () =>
      ask(
        api.POST('/staff/complaints', {
          body: {
            customer_id,
            channel,
            cause,
            text: typed.words,
            reference: typed.reference,
            loan_id: typed.loan || null,
            evidence_ids: [],
            disputed_minor: isDispute ? (minor ?? 0) : 0,
            request_id: once,
          },
        }),
      ),
    onSuccess: (found) => go(`/complaints/${found.complaint_id}`),
  })
  const field = (name: keyof typeof typed, label: string) => (
    <Labelled label={label}>
      {(id) => <Input id={id} value={typed[name]} onChange={(event) => type({ ...typed, [name]: event.target.value })} />}
    </Labelled>
  )
  return (
    <>
      <PageHead title={text('openFor')} />
      <p>{text('openForHelp')}</p>
      <div className="list-tools">
        <ChoiceList
          label={text('channel')}
          value={channel}
          options={CHANNELS.map((one) => ({ value: one, label: text(one) }))}
          onChange={(value) => come(value as Channel)}
        />
        <ChoiceList
          label={text('cause')}
          value={cause}
          options={Object.entries(CAUSES).map(([value, key]) => ({ value, label: text(key) }))}
          onChange={(value) => setCause(value as Cause)}
        />
        {channel === 'regulator' && field('reference', text('reference'))}
        {field('loan', text('about'))}
        {isDispute && field('disputed', text('disputedYuan'))}
      </div>
      <Labelled label={text('text')}>
        {(id) => (
          <Input.TextArea
            id={id}
            rows={4}
            maxLength={4000}
            value={typed.words}
            onChange={(event) => type({ ...typed, words: event.target.value })}
          />
        )}
      </Labelled>
      <div className="page-tools">
        <Button
          type="primary"
          disabled={typed.words.trim().length < WORDS_MIN || (isDispute && minor === null)}
          loading={sending.isPending}
          onClick={() => sending.mutate()}
        >
          {text('submit')}
        </Button>
      </div>
      {sending.isError && <RefusalNotice error={sending.error} />}
    </>
  )
}
