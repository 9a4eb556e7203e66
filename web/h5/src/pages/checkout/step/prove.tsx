import { ask, Asked, Field, RefusalNotice, useText } from '@fenqi/ui'
import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { Heading } from '../../../parts/heading'
import { useKept } from '../../../parts/kept'
import { api } from '../../../session'
import { checkout } from '../../../texts/checkout'
import { useTold } from '../../../texts/refusal'
import { AnswerCode, type Sent } from '../../session/answer_code'
import { at, useDecision, useStep } from '../progress'

/** Who is there, once more: by a code, or by name and number, as the service wants it. */
export function ProveStep({ checkoutId }: { checkoutId: string }) {
  const text = useText(checkout)
  const decision = useDecision(checkoutId)
  return (
    <section className="card">
      <Heading>{text('proveTitle')}</Heading>
      <p className="soft">{text('proveHelp')}</p>
      <Asked query={decision}>
        {(found) =>
          found.step_up === 'identity' ? <ByIdentity checkoutId={checkoutId} /> : <ByCode checkoutId={checkoutId} />
        }
      </Asked>
    </section>
  )
}

function ByCode({ checkoutId }: { checkoutId: string }) {
  const text = useText(checkout)
  const [sent, keepSent] = useKept<Sent>(`fenqi.prove.${checkoutId}`)
  const send = useMutation({
    mutationFn: () => ask(api.POST('/h5/checkouts/{checkout_id}/proof-codes', at(checkoutId))),
    onSuccess: (code) => keepSent({ ...code, resendAt: Date.now() + code.resend_after_seconds * 1000 }),
  })
  const prove = useStep(checkoutId, async (digits: string) => {
    const body = { code_id: sent?.code_id ?? '', digits }
    const proven = await ask(api.POST('/h5/checkouts/{checkout_id}/proofs/code', { ...at(checkoutId), body }))
    keepSent(null)
    return proven
  })
  const told = useTold(send.error)
  if (sent) return <AnswerCode sent={sent} answer={prove} submit={text('proveSend')} resend={() => send.mutate()} />
  return (
    <>
      {send.isError && <RefusalNotice error={send.error} told={told} />}
      <button type="button" className="button" data-wide disabled={send.isPending} onClick={() => send.mutate()}>
        {text('proveCode')}
      </button>
    </>
  )
}

function ByIdentity({ checkoutId }: { checkoutId: string }) {
  const text = useText(checkout)
  const [name, setName] = useState('')
  const [idNumber, setIdNumber] = useState('')
  const prove = useStep(checkoutId, () => {
    const body = { name, id_number: idNumber }
    return ask(api.POST('/h5/checkouts/{checkout_id}/proofs/identity', { ...at(checkoutId), body }))
  })
  const told = useTold(prove.error)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    prove.mutate(undefined)
  }
  return (
    <form onSubmit={submit} noValidate>
      <Field label={text('name')} maxLength={100} value={name} onChange={(event) => setName(event.target.value)} />
      <Field
        label={text('idNumber')}
        maxLength={30}
        value={idNumber}
        onChange={(event) => setIdNumber(event.target.value.toUpperCase())}
      />
      {prove.isError && <RefusalNotice error={prove.error} told={told} />}
      <button type="submit" className="button" data-wide disabled={prove.isPending || !name || !idNumber}>
        {text('proveSend')}
      </button>
    </form>
  )
}
