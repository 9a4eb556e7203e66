import { ask, RefusalNotice, useText, type Shape } from '@fenqi/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { Labelled } from '../../parts/labelled'
import { Section } from '../../parts/section'
import { api } from '../../session'
import { hardship as texts } from '../../texts/hardship'
import { WaysOut } from './ways_out'

const REASON_MIN = 5

/** Choose among the ways out and offer them, or refuse; the reason goes to the borrower. */
export function Answer({ found }: { found: Shape['HardshipShape'] }) {
  const text = useText(texts)
  const queries = useQueryClient()
  const [chosen, choose] = useState<string[]>([])
  const [reason, say] = useState('')
  const at = { params: { path: { request_id: found.request_id } } }
  const again = () => queries.invalidateQueries({ queryKey: ['hardship'] })
  const offering = useMutation({
    mutationFn: () => ask(api.POST('/staff/hardship/{request_id}/offer', { ...at, body: { option_ids: chosen, reason } })),
    onSettled: again,
  })
  const refusing = useMutation({
    mutationFn: () => ask(api.POST('/staff/hardship/{request_id}/refusal', { ...at, body: { reason } })),
    onSettled: again,
  })
  const isPending = offering.isPending || refusing.isPending
  const isSaid = reason.trim().length >= REASON_MIN
  return (
    <>
      <WaysOut found={found} choosing={{ chosen, choose }} />
      <Section title={text('answer')}>
        <Labelled label={text('reason')}>
          {(id) => <Input.TextArea id={id} rows={3} value={reason} onChange={(event) => say(event.target.value)} />}
        </Labelled>
        <div className="page-tools">
          <Button type="primary" disabled={!isSaid || chosen.length === 0 || isPending} onClick={() => offering.mutate()}>
            {text('offer')}
          </Button>
          <Button danger disabled={!isSaid || isPending} onClick={() => refusing.mutate()}>
            {text('refuse')}
          </Button>
        </div>
        {offering.isError && <RefusalNotice error={offering.error} />}
        {refusing.isError && <RefusalNotice error={refusing.error} />}
      </Section>
    </>
  )
}
