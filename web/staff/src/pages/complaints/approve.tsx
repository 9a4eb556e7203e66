import { ask, RefusalNotice, useText } from '@fenqi/ui'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { Labelled } from '../../parts/labelled'
import { api } from '../../session'
import { complaints as texts } from '../../texts/complaints'
import { at, useCommand } from './command'
import type { Complaint } from './detail'

const WHY_MIN = 2

/** The second person lets a proposed answer go out, or sends it back. */
export function Approve({ found }: { found: Complaint }) {
  const text = useText(texts)
  const [why, say] = useState('')
  const approving = useCommand((is_approved: boolean) =>
    ask(
      api.POST('/staff/complaints/{complaint_id}/approval', { ...at(found.complaint_id), body: { is_approved, why } }),
    ),
  )
  const isDisabled = why.trim().length < WHY_MIN || approving.isPending
  return (
    <div className="list-tools">
      <Labelled label={text('why')}>
        {(id) => <Input id={id} value={why} onChange={(event) => say(event.target.value)} />}
      </Labelled>
      <Button type="primary" disabled={isDisabled} onClick={() => approving.mutate(true)}>
        {text('approve')}
      </Button>
      <Button danger disabled={isDisabled} onClick={() => approving.mutate(false)}>
        {text('sendBack')}
      </Button>
      {approving.isError && <RefusalNotice error={approving.error} />}
    </div>
  )
}
