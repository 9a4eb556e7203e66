import { ask, minorOf, type Shape } from '@fenqi/ui'
import { useState } from 'react'
import { merchant } from '../../api'
import { useCommand } from './command'
import { CommandForm } from './command_form'
import { HowMuch, type Chosen } from './how_much'

/** Deliver: all that was authorised, or a part. */
export function Capture({ order, told }: { order: Shape['MerchantCheckout']; told: () => void }) {
  const [chosen, choose] = useState<Chosen>({ isPart: false, typed: '' })
  const [isTold, setTold] = useState(false)
  const capturing = useCommand(`capture.${order.checkout_id}`, (amount_minor: number | null, key) =>
    ask(
      merchant.POST('/v1/checkouts/{checkout_id}/capture', {
        params: { path: { checkout_id: order.checkout_id }, header: { 'Idempotency-Key': key } },
        body: { amount_minor },
      }),
    ),
  )
  const send = () => {
    setTold(true)
    const amount_minor = chosen.isPart ? minorOf(chosen.typed) : null
    if (chosen.isPart && amount_minor === null) return
    capturing.mutate(amount_minor, { onSuccess: told })
  }
  return (
    <CommandForm name="capture" command={capturing} send={send}>
      <HowMuch
        all_minor={order.capturable_minor}
        currency={order.currency}
        chosen={chosen}
        choose={choose}
        isTold={isTold}
      />
    </CommandForm>
  )
}
