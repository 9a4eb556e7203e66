import { ask, useText, type Shape } from '@fenqi/ui'
import { useState } from 'react'
import { merchant } from '../../api'
import { desk } from '../../texts/desk'
import { useCommand } from './command'
import { CommandForm } from './command_form'

/** Give an order up before its capture, once it is said that this is meant. */
export function Void({ order, told }: { order: Shape['MerchantCheckout']; told: () => void }) {
  const text = useText(desk)
  const [isSure, setSure] = useState(false)
  const voiding = useCommand(`void.${order.checkout_id}`, (_nothing: undefined, key) =>
    ask(
      merchant.POST('/v1/checkouts/{checkout_id}/void', {
        params: { path: { checkout_id: order.checkout_id }, header: { 'Idempotency-Key': key } },
      }),
    ),
  )
  return (
    <CommandForm name="void" command={voiding} send={() => voiding.mutate(undefined, { onSuccess: told })}>
      <label className="choice">
        <input type="checkbox" required checked={isSure} onChange={(event) => setSure(event.target.checked)} />
        {text('voidSure')}
      </label>
    </CommandForm>
  )
}
