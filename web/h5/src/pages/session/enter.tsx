import { ask, Field, hasCode, RefusalNotice, useText } from '@fenqi/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { Heading } from '../../parts/heading'
import { useKept } from '../../parts/kept'
import { inventPerson, useStandInAccounts } from '../../parts/stand_in'
import { api, session } from '../../session'
import { app } from '../../texts/app'
import { useTold } from '../../texts/refusal'
import { AnswerCode, type Sent } from './answer_code'

/** The way in: a number, then the code sent to it; for one checkout, or for one's own credit. */
export function Enter({ checkoutId }: { checkoutId?: string }) {
  const text = useText(app)
  const queries = useQueryClient()
  const [mobile, setMobile] = useState('')
  const [sent, keepSent] = useKept<Sent & { mobile: string }>(`fenqi.code.${checkoutId ?? 'credit'}`)
  const isDemo = Boolean(useStandInAccounts().data)
  const send = useMutation({
    mutationFn: (to: string) => ask(sendCode(to, checkoutId)),
    onSuccess: (code, to) => keepSent({ ...code, mobile: to, resendAt: Date.now() + code.resend_after_seconds * 1000 }),
  })
  const answer = useMutation({
    mutationFn: (digits: string) => ask(answerCode({ mobile: sent?.mobile ?? '', code_id: sent?.code_id ?? '', digits }, checkoutId)),
    onSuccess: (opened) => {
      keepSent(null)
      queries.clear()
      session.begin(opened.token)
    },
  })
  const isMobileWrong = hasCode(send.error, 'mobile_malformed')
  const told = useTold(send.error)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    send.mutate(mobile)
  }
  if (sent) {
    return (
      <section className="card">
        <Heading>{text('enterTitle')}</Heading>
        <AnswerCode
          sent={sent}
          answer={answer}
          submit={text('enter')}
          resend={() => send.mutate(sent.mobile)}
          another={() => keepSent(null)}
        />
        {send.isError && <RefusalNotice error={send.error} told={told} />}
      </section>
    )
  }
  return (
    <form className="card" onSubmit={submit} noValidate>
      <Heading>{text('enterTitle')}</Heading>
      <p className="soft">{text('enterWhy')}</p>
      <Field
        label={text('mobile')}
        hint={text('mobileHint')}
        error={isMobileWrong ? told : undefined}
        type="tel"
        inputMode="tel"
        autoComplete="tel-national"
        value={mobile}
        onChange={(event) => setMobile(event.target.value)}
        required
      />
      {send.isError && !isMobileWrong && <RefusalNotice error={send.error} told={told} />}
      <button type="submit" className="button" data-wide disabled={send.isPending || mobile.trim() === ''}>
        {text('send')}
      </button>
      {isDemo && (
        <button
          type="button"
          className="button"
          data-look="plain"
          onClick={() => void inventPerson('any').then((person) => setMobile(person.mobile))}
        >
          {text('invent')}
        </button>
      )}
    </form>
  )
}

function sendCode(mobile: string, checkoutId: string | undefined) {
  const body = { mobile }
  if (!checkoutId) return api.POST('/h5/codes', { body })
  return api.POST('/h5/checkouts/{checkout_id}/codes', { params: { path: { checkout_id: checkoutId } }, body })
}

function answerCode(body: { mobile: string; code_id: string; digits: string }, checkoutId: string | undefined) {
  if (!checkoutId) return api.POST('/h5/sessions', { body })
  return api.POST('/h5/checkouts/{checkout_id}/sessions', { params: { path: { checkout_id: checkoutId } }, body })
}
