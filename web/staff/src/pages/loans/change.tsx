import { ask, RefusalNotice, useText, type Shape } from '@fenqi/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useId, useState } from 'react'
import { ChoiceList } from '../../parts/choice'
import { Labelled } from '../../parts/labelled'
import { Section } from '../../parts/section'
import { api } from '../../session'
import { loanChange } from '../../texts/loan_change'
import { ChangeField } from './change_field'
import { changeOf, FIELDS, KINDS, type ChangeKind, type FieldName, type Typed } from './change_fields'
import { PreviewShown } from './preview'

type NewChange = Shape['NewChange']
const TEXT_LENGTH_MIN = 5

/** Change a loan: say what, look at what it would do, and only then propose it, with a reason. */
export function ChangeLoan({ loan }: { loan: Shape['StaffLoanShape'] }) {
  const text = useText(loanChange)
  const [kind, setKind] = useState<ChangeKind>('goodwill')
  const [on, setOn] = useState('')
  const [typed, setTyped] = useState<Typed>({})
  const preview = useMutation({
    mutationFn: (body: NewChange) =>
      ask(api.POST('/staff/loans/{loan_id}/previews', { params: { path: { loan_id: loan.loan_id } }, body })),
  })
  const change = changeOf(kind, on, typed)
  const edited = (act: () => void) => {
    act()
    preview.reset()
  }
  const type = (name: FieldName) => (value: string) => edited(() => setTyped({ ...typed, [name]: value }))
  return (
    <Section title={text('change')}>
      <div className="page-tools">
        <ChoiceList
          label={text('kind')}
          value={kind}
          onChange={(chosen) => edited(() => setKind(chosen as ChangeKind))}
          options={KINDS.map((each) => ({ value: each, label: text(`kind_${each}`) }))}
        />
        {FIELDS[kind].map((name) => (
          <ChangeField key={name} name={name} loan={loan} value={typed[name] ?? ''} onChange={type(name)} />
        ))}
        <Labelled label={text('on')}>
          {(id) => (
            <Input id={id} type="date" value={on || loan.as_of} onChange={(event) => edited(() => setOn(event.target.value))} />
          )}
        </Labelled>
        <Button disabled={change === null} loading={preview.isPending} onClick={() => change && preview.mutate(change)}>
          {text('preview')}
        </Button>
      </div>
      {preview.isError && <RefusalNotice error={preview.error} />}
      {preview.data && change && (
        <>
          <PreviewShown preview={preview.data} />
          <Propose
            loan_id={loan.loan_id}
            change={change}
            isAlone={!preview.data.needs_second}
            whenDone={() => edited(() => setTyped({}))}
          />
        </>
      )}
    </Section>
  )
}

type Proposing = { loan_id: string; change: NewChange; isAlone: boolean; whenDone: () => void }

function Propose({ loan_id, change, isAlone, whenDone }: Proposing) {
  const text = useText(loanChange)
  const id = useId()
  const [reason, setReason] = useState('')
  const [request_id] = useState(() => crypto.getRandomValues(new Uint32Array(4)).join('-'))
  const queries = useQueryClient()
  const propose = useMutation({
    mutationFn: () =>
      ask(
        api.POST('/staff/loans/{loan_id}/changes', {
          params: { path: { loan_id } },
          body: { change, reason: reason.trim(), request_id },
        }),
      ),
    onSuccess: whenDone,
    onSettled: () => queries.invalidateQueries({ queryKey: ['loans', loan_id] }),
  })
  return (
    <div className="ask">
      <label htmlFor={id}>{text('reason')}</label>
      <Input.TextArea id={id} rows={2} maxLength={2000} value={reason} onChange={(event) => setReason(event.target.value)} />
      {propose.isError && <RefusalNotice error={propose.error} />}
      <Button
        type="primary"
        disabled={reason.trim().length < TEXT_LENGTH_MIN}
        loading={propose.isPending}
        onClick={() => propose.mutate()}
      >
        {text(isAlone ? 'post' : 'propose')}
      </Button>
    </div>
  )
}
