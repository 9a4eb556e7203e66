import { ask, RefusalNotice, useLanguage, useText } from '@fenqi/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useDocument } from '../../../parts/document'
import { useKept } from '../../../parts/kept'
import { useStandInAccounts } from '../../../parts/stand_in'
import { api } from '../../../session'
import { checkout } from '../../../texts/checkout'
import { useTold } from '../../../texts/refusal'
import { AnswerCode, type Sent } from '../../session/answer_code'
import { at, useStep, type Progress } from '../progress'

type Sign = { checkoutId: string; shown: NonNullable<Progress['shown']>; isRead: boolean }

/** The signature: an account, a tick of one's own, and a code. */
export function Sign({ checkoutId, shown, isRead }: Sign) {
  const text = useText(checkout)
  const queries = useQueryClient()
  const [account, setAccount] = useKept<string>(`fenqi.account.${checkoutId}`)
  const [hasAgreed, setAgreed] = useState(false)
  const [sent, keepSent] = useKept<Sent>(`fenqi.sign.${shown.shown_id}`)
  const hashes = useHashes(shown)
  const send = useMutation({
    mutationFn: () =>
      ask(
        api.POST('/h5/checkouts/{checkout_id}/signing-codes', {
          ...at(checkoutId),
          body: { shown_id: shown.shown_id },
        }),
      ),
    onSuccess: (code) => keepSent({ ...code, resendAt: Date.now() + code.resend_after_seconds * 1000 }),
  })
  const sign = useStep(checkoutId, async (digits: string) => {
    const body = {
      shown_id: shown.shown_id,
      code_id: sent?.code_id ?? '',
      digits,
      signed_sha256: hashes ?? [],
      account_token: account ?? '',
    }
    const signed = await ask(api.POST('/h5/checkouts/{checkout_id}/signatures', { ...at(checkoutId), body }))
    keepSent(null)
    void queries.invalidateQueries({ queryKey: ['checkout', checkoutId] })
    return signed
  })
  const told = useTold(send.error)
  const isReady = isRead && hasAgreed && account !== null && hashes !== null
  return (
    <section className="card">
      <h2>{text('signTitle')}</h2>
      <Accounts chosen={account} choose={setAccount} />
      <label className="tick">
        <input type="checkbox" checked={hasAgreed} onChange={(event) => setAgreed(event.target.checked)} />
        <span>{text('agree')}</span>
      </label>
      {send.isError && <RefusalNotice error={send.error} told={told} />}
      {sent && isReady ? (
        <AnswerCode sent={sent} answer={sign} submit={text('sign')} resend={() => send.mutate()} />
      ) : (
        <button
          type="button"
          className="button"
          data-wide
          disabled={!isReady || send.isPending}
          onClick={() => send.mutate()}
        >
          {text('signCode')}
        </button>
      )}
    </section>
  )
}

function Accounts({ chosen, choose }: { chosen: string | null; choose: (token: string) => void }) {
  const text = useText(checkout)
  const { language } = useLanguage()
  const accounts = useStandInAccounts()
  return (
    <fieldset className="choice">
      <legend>{text('account')}</legend>
      <small className="soft">{text('accountStandIn')}</small>
      {accounts.data?.map((each) => (
        <label key={each.account_token} className="tick">
          <input
            type="radio"
            name="account"
            checked={chosen === each.account_token}
            onChange={() => choose(each.account_token)}
          />
          <span>{each[language]}</span>
        </label>
      ))}
    </fieldset>
  )
}

/** The hashes of the bytes that this device has shown; the service's own where the browser will not hash. */
function useHashes(shown: Sign['shown']): string[] | null {
  const [disclosure, agreement] = shown.documents
  const first = useDocument(disclosure?.document_id ?? '').data
  const second = useDocument(agreement?.document_id ?? '').data
  if (!disclosure || !agreement || !first || !second) return null
  return [first.sha256 ?? disclosure.sha256, second.sha256 ?? agreement.sha256]
}
