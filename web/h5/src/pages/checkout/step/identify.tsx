import { ask, Field, RefusalNotice, Refused, useText } from '@fenqi/ui'
import { useQuery } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { Heading } from '../../../parts/heading'
import { inventPerson, useStandInAccounts } from '../../../parts/stand_in'
import { api } from '../../../session'
import { app } from '../../../texts/app'
import { checkout } from '../../../texts/checkout'
import { useTold } from '../../../texts/refusal'
import { at, useStep } from '../progress'

/** Who is this: name and number, or the person who was identified before. */
export function IdentifyStep({ checkoutId }: { checkoutId: string }) {
  const text = useText(checkout)
  const around = useText(app)
  const isDemo = Boolean(useStandInAccounts().data)
  const [name, setName] = useState('')
  const [idNumber, setIdNumber] = useState('')
  const identify = useStep(checkoutId, () =>
    ask(api.POST('/h5/checkouts/{checkout_id}/identity', { ...at(checkoutId), body: { name, id_number: idNumber } })),
  )
  const told = useTold(identify.error)
  const field = fieldOf(identify.error)
  const invent = (record: 'any' | 'late') =>
    void inventPerson(record).then((person) => {
      setName(person.name)
      setIdNumber(person.id_number)
    })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    identify.mutate(undefined)
  }
  return (
    <form className="card" onSubmit={submit} noValidate>
      <Heading>{text('step_identify')}</Heading>
      <Known checkoutId={checkoutId} />
      <p className="soft">{text('identifyWhy')}</p>
      <Field
        label={text('name')}
        hint={text('nameHint')}
        error={field === 'name' ? told : undefined}
        autoComplete="name"
        maxLength={100}
        value={name}
        onChange={(event) => setName(event.target.value)}
        required
      />
      <Field
        label={text('idNumber')}
        hint={text('idNumberHint')}
        error={field === 'idNumber' ? told : undefined}
        autoComplete="off"
        autoCapitalize="characters"
        maxLength={30}
        value={idNumber}
        onChange={(event) => setIdNumber(event.target.value.toUpperCase())}
        required
      />
      {identify.isError && !field && <RefusalNotice error={identify.error} told={told} />}
      <button type="submit" className="button" data-wide disabled={identify.isPending || !name || !idNumber}>
        {text('identify')}
      </button>
      {isDemo && (
        <aside className="stand-in">
          <small>{around('inventHelp')}</small>
          <div className="row">
            <button type="button" className="button" data-look="plain" onClick={() => invent('any')}>
              {around('invent')}
            </button>
            <button type="button" className="button" data-look="plain" onClick={() => invent('late')}>
              {around('inventLate')}
            </button>
          </div>
        </aside>
      )}
    </form>
  )
}

function Known({ checkoutId }: { checkoutId: string }) {
  const text = useText(checkout)
  const me = useQuery({ queryKey: ['me'], queryFn: () => ask(api.GET('/h5/me')) })
  const takeUp = useStep(checkoutId, () => ask(api.PUT('/h5/checkouts/{checkout_id}/customer', at(checkoutId))))
  if (!me.data?.identified) return null
  return (
    <div className="notice" data-tone="good">
      <span>{text('knownWhy')}</span>
      <button type="button" className="button" disabled={takeUp.isPending} onClick={() => takeUp.mutate(undefined)}>
        {text('known', { name: me.data.name_masked ?? '', mobile: me.data.mobile_masked })}
      </button>
      {takeUp.isError && <RefusalNotice error={takeUp.error} />}
    </div>
  )
}

function fieldOf(error: unknown): 'name' | 'idNumber' | null {
  if (!(error instanceof Refused)) return null
  const code = error.refusal.code
  if (code === 'name_malformed') return 'name'
  return code.startsWith('id_number_') || code === 'underage' ? 'idNumber' : null
}
