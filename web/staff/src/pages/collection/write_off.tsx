import { ask, RefusalNotice, useText } from '@fenqi/ui'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { Labelled } from '../../parts/labelled'
import { api } from '../../session'
import { collection as texts } from '../../texts/collection'
import { useInCase } from './asked'
import type { CollectionCase } from './detail'

/** Proposes to write off what the rule lets go; finance answers each change. */
export function WriteOff({ found }: { found: CollectionCase }) {
  const text = useText(texts)
  const [reason, say] = useState('')
  const propose = useInCase(found.case_id, (_: undefined, request_id) =>
    ask(
      api.POST('/staff/collection-cases/{case_id}/write-off', {
        params: { path: { case_id: found.case_id } },
        body: { reason, request_id },
      }),
    ),
  )
  return (
    <div className="list-tools">
      <Labelled label={text('reason')}>
        {(id) => <Input id={id} value={reason} onChange={(event) => say(event.target.value)} />}
      </Labelled>
      <Button disabled={reason.trim().length < 5} loading={propose.isPending} onClick={() => propose.mutate(undefined)}>
        {text('writeOff')}
      </Button>
      <span role="status">{propose.data && text('writeOffProposed', { count: propose.data.changes.length })}</span>
      {propose.isError && <RefusalNotice error={propose.error} />}
    </div>
  )
}
