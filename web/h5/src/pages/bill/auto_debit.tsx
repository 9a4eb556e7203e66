import { ask, Asked, day, RefusalNotice, useLanguage, useText, useToken, type Shape } from '@fenqi/ui'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'react-router'
import { Heading } from '../../parts/heading'
import { useStandInAccounts } from '../../parts/stand_in'
import { api, session } from '../../session'
import { bills } from '../../texts/bills'
import { AnswerCode, type Sent } from '../session/answer_code'
import { Enter } from '../session/enter'
import { Overpaid } from './overpaid'

/** Leave for automatic debits: what is in force, its end, and signing a new one. */
export function AutoDebitPage() {
  const token = useToken(session)
  return token ? <AutoDebit /> : <Enter />
}

function AutoDebit() {
  const text = useText(bills)
  const { language } = useLanguage()
  const query = useQuery({
    queryKey: ['mandate', language],
    queryFn: () => ask(api.GET('/h5/mandate', { params: { query: { language } } })),
  })
  return (
    <>
      <Link to="/bills" className="soft">
        ‹ {text('back')}
      </Link>
      <Heading>{text('autoDebit')}</Heading>
      <p>{text('autoHelp')}</p>
      <Asked query={query}>
        {(mandate) => (
          <>
            <InForce active={mandate.active} />
            <Sign mandate={mandate} />
          </>
        )}
      </Asked>
      <Overpaid />
    </>
  )
}

function InForce({ active }: { active: Shape['MandateShape']['active'] }) {
  const text = useText(bills)
  const { language } = useLanguage()
  const queries = useQueryClient()
  const revoke = useMutation({
    mutationFn: () => ask(api.POST('/h5/mandate/revocation')),
    onSettled: () => queries.invalidateQueries({ queryKey: ['mandate'] }),
  })
  return (
    <section className="card">
      <p role="status">
        {active ? `✓ ${text('active', { ending: active.account_ending, on: day(active.signed_at.slice(0, 10), language) })}` : text('notActive')}
      </p>
      {active && (
        <button type="button" className="button" data-look="quiet" disabled={revoke.isPending} onClick={() => revoke.mutate()}>
          {text('revoke')}
        </button>
      )}
      {revoke.isError && <RefusalNotice error={revoke.error} />}
    </section>
  )
}

function Sign({ mandate }: { mandate: Shape['MandateShape'] }) {
  const text = useText(bills)
  const { language } = useLanguage()
  const queries = useQueryClient()
  const accounts = useStandInAccounts()
  const [account, setAccount] = useState('')
  const [sent, keepSent] = useState<Sent | null>(null)
  const send = useMutation({
    mutationFn: () => ask(api.POST('/h5/mandate/codes')),
    onSuccess: (code) => keepSent({ ...code, resendAt: Date.now() + code.resend_after_seconds * 1000 }),
  })
  const sign = useMutation({
    mutationFn: (digits: string) => {
      const signed = { code_id: sent?.code_id ?? '', digits, text_sha256: mandate.text_sha256 }
      return ask(api.POST('/h5/mandate', { body: { ...signed, language, account_token: account } }))
    },
    onSuccess: () => keepSent(null),
    onSettled: () => queries.invalidateQueries({ queryKey: ['mandate'] }),
  })
  return (
    <section className="card">
      <div className="scroll letter" tabIndex={0} role="region" aria-label={text('autoDebit')}>
        {mandate.text.split('\n').map((line) => (
          <p key={line}>{line}</p>
        ))}
      </div>
      <fieldset className="choice">
        <legend>{text('account')}</legend>
        {accounts.data?.map((each) => (
          <label key={each.account_token} className="tick">
            <input type="radio" name="account" checked={account === each.account_token} onChange={() => setAccount(each.account_token)} />
            <span>{each[language]}</span>
          </label>
        ))}
      </fieldset>
      {send.isError && <RefusalNotice error={send.error} />}
      {sent && account ? (
        <AnswerCode sent={sent} answer={sign} submit={text('sign')} resend={() => send.mutate()} />
      ) : (
        <button type="button" className="button" data-wide disabled={!account || send.isPending} onClick={() => send.mutate()}>
          {text('sendCode')}
        </button>
      )}
    </section>
  )
}
