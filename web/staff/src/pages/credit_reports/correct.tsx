import { ask, RefusalNotice, useText } from '@fenqi/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { useAddress } from '../../parts/address'
import { Labelled } from '../../parts/labelled'
import { api } from '../../session'
import { creditReports as texts } from '../../texts/credit_reports'

const REASON_MIN = 5

/** Report the month of the loan that the list is narrowed to anew, as the loan stands now. */
export function Correct() {
  const text = useText(texts)
  const queries = useQueryClient()
  const { value } = useAddress()
  const [reason, say] = useState('')
  const [loan_id, month_on] = [value('loan_id'), value('month_on')]
  const correcting = useMutation({
    mutationFn: () =>
      ask(
        api.POST('/staff/credit-records/{loan_id}/{month_on}/correction', {
          params: { path: { loan_id, month_on } },
          body: { reason },
        }),
      ),
    onSuccess: () => say(''),
    onSettled: () => queries.invalidateQueries({ queryKey: ['credit'] }),
  })
  if (!loan_id || !month_on) return null
  return (
    <div className="list-tools">
      <Labelled label={text('correctReason')}>
        {(id) => <Input id={id} value={reason} onChange={(event) => say(event.target.value)} />}
      </Labelled>
      <Button
        disabled={reason.trim().length < REASON_MIN}
        loading={correcting.isPending}
        onClick={() => correcting.mutate()}
      >
        {text('correct')}
      </Button>
      <span role="status">{correcting.data && text('corrected', { version: correcting.data.version })}</span>
      {correcting.isError && <RefusalNotice error={correcting.error} />}
    </div>
  )
}
