import { ask, RefusalNotice, useText, type Shape } from '@fenqi/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { Labelled } from '../../parts/labelled'
import { api } from '../../session'
import { reconciliation as texts } from '../../texts/reconciliation'

type Line = Shape['MoneyCaseShape']

/** What can be done about one open case: place the money, pay it back, or close it with a word. */
export function DealWith({ line }: { line: Line }) {
  const text = useText(texts)
  const [isOpen, setOpen] = useState(false)
  if (!isOpen) {
    return (
      <Button size="small" onClick={() => setOpen(true)}>
        {text('handle')}
      </Button>
    )
  }
  return line.kind === 'suspense' ? <Suspense line={line} /> : <Close line={line} />
}

function Close({ line }: { line: Line }) {
  const text = useText(texts)
  const [said, say] = useState('')
  const close = useAct((how: 'explained' | 'suspended') =>
    ask(
      api.POST('/staff/money-cases/{case_id}/closing', {
        params: { path: { case_id: line.case_id } },
        body: { how, text: said },
      }),
    ),
  )
  const came = line.kind === 'extra' && (line.theirs_minor ?? 0) > 0
  return (
    <div className="page-tools">
      <Labelled label={text('text')}>
        {(id) => <Input id={id} value={said} placeholder={text('textHint')} onChange={(event) => say(event.target.value)} />}
      </Labelled>
      <Button disabled={said.length < 5} loading={close.isPending} onClick={() => close.mutate('explained')}>
        {text('close')}
      </Button>
      {came && (
        <Button disabled={said.length < 5} loading={close.isPending} onClick={() => close.mutate('suspended')}>
          {text('how_suspended')}
        </Button>
      )}
      {close.isError && <RefusalNotice error={close.error} />}
    </div>
  )
}

function Suspense({ line }: { line: Line }) {
  const text = useText(texts)
  const [loanId, setLoanId] = useState('')
  const [said, say] = useState('')
  const [account, setAccount] = useState('')
  const at = { params: { path: { transfer_id: line.subject } } }
  const place = useAct(() =>
    ask(api.POST('/staff/transfers/{transfer_id}/placing', { ...at, body: { loan_id: loanId, text: said } })),
  )
  const giveBack = useAct(() =>
    ask(
      api.POST('/staff/transfers/{transfer_id}/return', {
        ...at,
        body: { account_token: account, request_id: `return-${account}` },
      }),
    ),
  )
  return (
    <div className="page-tools">
      <Labelled label={text('loanId')}>
        {(id) => <Input id={id} value={loanId} onChange={(event) => setLoanId(event.target.value.trim())} />}
      </Labelled>
      <Labelled label={text('text')}>
        {(id) => <Input id={id} value={said} placeholder={text('textHint')} onChange={(event) => say(event.target.value)} />}
      </Labelled>
      <Button disabled={said.length < 5 || !loanId} loading={place.isPending} onClick={() => place.mutate(undefined)}>
        {text('place')}
      </Button>
      <Labelled label={text('account')}>
        {(id) => <Input id={id} value={account} onChange={(event) => setAccount(event.target.value.trim())} />}
      </Labelled>
      <Button disabled={account.length < 4} loading={giveBack.isPending} onClick={() => giveBack.mutate(undefined)}>
        {text('giveBack')}
      </Button>
      {place.isError && <RefusalNotice error={place.error} />}
      {giveBack.isError && <RefusalNotice error={giveBack.error} />}
    </div>
  )
}

function useAct<Given>(act: (given: Given) => Promise<unknown>) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: act,
    onSettled: () => queries.invalidateQueries({ queryKey: ['money-cases'] }),
  })
}
