import { ask, Day, RefusalNotice, useText } from '@fenqi/ui'
import { useMutation } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useId, useState } from 'react'
import { Pairs } from '../../parts/pairs'
import { Section } from '../../parts/section'
import { api } from '../../session'
import { loans as texts } from '../../texts/loans'

const REASON_LENGTH_MIN = 5

/** The way behind the mask: a reason first, and it is kept. */
export function Look({ customer_id }: { customer_id: string }) {
  const text = useText(texts)
  const id = useId()
  const [reason, setReason] = useState('')
  const look = useMutation({
    mutationFn: () =>
      ask(api.POST('/staff/customers/{customer_id}/looks', { params: { path: { customer_id } }, body: { reason } })),
    gcTime: 0,
    onSuccess: () => setReason(''),
  })
  if (look.data) {
    const seen = look.data
    return (
      <Section title={text('look')} extra={<Button onClick={() => look.reset()}>{text('cover')}</Button>}>
        <p role="status">{text('seen')}</p>
        <Pairs
          pairs={[
            [text('name'), seen.name ?? text('none')],
            [text('mobile'), seen.mobile],
            [text('idNumber'), seen.id_number ?? text('none')],
            [text('bornOn'), seen.born_on ? <Day on={seen.born_on} /> : text('none')],
          ]}
        />
      </Section>
    )
  }
  return (
    <Section title={text('look')}>
      <div className="ask">
        <label htmlFor={id}>{text('lookReason')}</label>
        <Input id={id} maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} />
        {look.isError && <RefusalNotice error={look.error} />}
        <div className="page-tools">
          <Button
            disabled={reason.trim().length < REASON_LENGTH_MIN}
            loading={look.isPending}
            onClick={() => look.mutate()}
          >
            {text('look')}
          </Button>
        </div>
      </div>
    </Section>
  )
}
