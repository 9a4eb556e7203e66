import { ask, Field, minorOf, useText, type Shape } from '@fenqi/ui'
import { useState } from 'react'
import { merchant } from '../../api'
import { desk } from '../../texts/desk'
import { useCommand } from './command'
import { CommandForm } from './command_form'
import { HowMuch, type Chosen } from './how_much'

const NOTHING_CHOSEN: Chosen = { isPart: false, typed: '' }

/** Give money back: all that is left of what was captured, or a part. */
export function Refund({ order, told }: { order: Shape['MerchantCheckout']; told: () => void }) {
  const text = useText(desk)
  const [chosen, choose] = useState(NOTHING_CHOSEN)
  const [reason, setReason] = useState('')
  const [isTold, setTold] = useState(false)
  const refunding = useCommand(`refund.${order.checkout_id}`, (amount_minor: number, key) =>
    ask(
      merchant.POST('/v1/checkouts/{checkout_id}/refunds', {
        params: { path: { checkout_id: order.checkout_id }, header: { 'Idempotency-Key': key } },
        body: { amount_minor, reason: reason.trim() },
      }),
    ),
  )
  const onSuccess = () => {
    choose(NOTHING_CHOSEN)
    setReason('')
    setTold(false)
    told()
  }
  const send = () => {
    setTold(true)
    const amount_minor = chosen.isPart ? minorOf(chosen.typed) : order.refundable_minor
    if (amount_minor !== null && reason.trim()) refunding.mutate(amount_minor, { onSuccess })
  }
  return (
    <CommandForm name="refund" command={refunding} send={send}>
      <HowMuch
        all_minor={order.refundable_minor}
        currency={order.currency}
        chosen={chosen}
        choose={choose}
        isTold={isTold}
      />
      <Field
        label={text('reason')}
        error={isTold && !reason.trim() ? text('reasonWrong') : undefined}
        maxLength={200}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
    </CommandForm>
  )
}
