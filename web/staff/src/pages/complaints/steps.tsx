import { ask, RefusalNotice, useText } from '@fenqi/ui'
import { Button, Input } from 'antd'
import { useCallback, useState } from 'react'
import { Labelled } from '../../parts/labelled'
import { useMe } from '../../parts/me'
import { useShortcut } from '../../parts/shortcut'
import { api } from '../../session'
import { complaints as texts } from '../../texts/complaints'
import { at, useCommand } from './command'
import type { Complaint } from './detail'

const REASON_MIN = 5

/** Take a complaint up, say who answers it, take more time, close it. */
export function Steps({ found, isOpen }: { found: Complaint; isOpen: boolean }) {
  const isNew = found.acknowledged_by === null
  return (
    <>
      <div className="list-tools">
        {isOpen && isNew && <Acknowledge found={found} />}
        {isOpen && <Assign found={found} />}
      </div>
      {isOpen && !found.is_extended && <Extend found={found} />}
      {found.state === 'answered' && <Close found={found} />}
    </>
  )
}

function Acknowledge({ found }: { found: Complaint }) {
  const text = useText(texts)
  const { mutate, isPending, isError, error } = useCommand((_: undefined) =>
    ask(api.POST('/staff/complaints/{complaint_id}/acknowledgement', at(found.complaint_id))),
  )
  useShortcut('A', useCallback(() => !isPending && mutate(undefined), [isPending, mutate]))
  return (
    <>
      <Button type="primary" loading={isPending} onClick={() => mutate(undefined)}>
        {text('acknowledge')}
      </Button>
      {isError && <RefusalNotice error={error} />}
    </>
  )
}

function Assign({ found }: { found: Complaint }) {
  const text = useText(texts)
  const { me } = useMe()
  const [login, name] = useState(found.assigned_to ?? me.data?.login ?? '')
  const assigning = useCommand((_: undefined) =>
    ask(api.POST('/staff/complaints/{complaint_id}/assignment', { ...at(found.complaint_id), body: { login } })),
  )
  return (
    <>
      <Labelled label={text('login')}>
        {(id) => <Input id={id} value={login} onChange={(event) => name(event.target.value)} />}
      </Labelled>
      <Button disabled={login === ''} loading={assigning.isPending} onClick={() => assigning.mutate(undefined)}>
        {text('assign')}
      </Button>
      {assigning.isError && <RefusalNotice error={assigning.error} />}
    </>
  )
}

function Extend({ found }: { found: Complaint }) {
  const text = useText(texts)
  const [reason, say] = useState('')
  const extending = useCommand((_: undefined) =>
    ask(api.POST('/staff/complaints/{complaint_id}/extension', { ...at(found.complaint_id), body: { reason } })),
  )
  return (
    <div className="list-tools">
      <Labelled label={text('extendReason')}>
        {(id) => <Input id={id} value={reason} onChange={(event) => say(event.target.value)} />}
      </Labelled>
      <Button
        disabled={reason.trim().length < REASON_MIN}
        loading={extending.isPending}
        onClick={() => extending.mutate(undefined)}
      >
        {text('extend')}
      </Button>
      {extending.isError && <RefusalNotice error={extending.error} />}
    </div>
  )
}

function Close({ found }: { found: Complaint }) {
  const text = useText(texts)
  const [reason, say] = useState('')
  const closing = useCommand((_: undefined) =>
    ask(api.POST('/staff/complaints/{complaint_id}/closing', { ...at(found.complaint_id), body: { reason } })),
  )
  return (
    <div className="list-tools">
      <Labelled label={text('closeReason')}>
        {(id) => <Input id={id} value={reason} onChange={(event) => say(event.target.value)} />}
      </Labelled>
      <Button
        disabled={reason.trim().length < REASON_MIN}
        loading={closing.isPending}
        onClick={() => closing.mutate(undefined)}
      >
        {text('close')}
      </Button>
      {closing.isError && <RefusalNotice error={closing.error} />}
    </div>
  )
}
