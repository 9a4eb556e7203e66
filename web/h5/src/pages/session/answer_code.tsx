import { Field, RefusalNotice, Refused, useText, type Shape } from '@fenqi/ui'
import { useState, type FormEvent } from 'react'
import { Inbox } from '../../parts/inbox'
import { useSecondsLeft } from '../../parts/seconds_left'
import { app } from '../../texts/app'
import { useTold } from '../../texts/refusal'

/** A code on its way: to which number, and from when on another may be sent, by this device's clock. */
export type Sent = Shape['SentCodeShape'] & { mobile?: string; resendAt: number }

type Answer = { mutate: (digits: string) => void; isPending: boolean; error: unknown }
type AnswerCode = { sent: Sent; answer: Answer; submit: string; resend: () => void; another?: () => void }

/** Where the code from a message is typed. */
export function AnswerCode({ sent, answer, submit, resend, another }: AnswerCode) {
  const text = useText(app)
  const [digits, setDigits] = useState('')
  const left = useSecondsLeft(sent.resendAt)
  const told = useTold(answer.error)
  const isAboutCode = answer.error instanceof Refused && answer.error.refusal.code.startsWith('code_')
  const send = (event: FormEvent) => {
    event.preventDefault()
    answer.mutate(digits)
  }
  return (
    <form onSubmit={send} className="stack" noValidate>
      <p role="status">{text('sentTo', { to: sent.sent_to })}</p>
      <Field
        label={text('code')}
        hint={text('codeHint')}
        error={isAboutCode ? told : undefined}
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={6}
        value={digits}
        onChange={(event) => setDigits(event.target.value.replace(/\D/g, ''))}
        required
      />
      {Boolean(answer.error) && !isAboutCode && <RefusalNotice error={answer.error} told={told} />}
      <button type="submit" className="button" data-wide disabled={answer.isPending || digits.length !== 6}>
        {submit}
      </button>
      <div className="row">
        <button type="button" className="button" data-look="plain" disabled={left > 0} onClick={resend}>
          {left > 0 ? text('resendIn', { seconds: left }) : text('resend')}
        </button>
        {another && (
          <button type="button" className="button" data-look="plain" onClick={another}>
            {text('otherMobile')}
          </button>
        )}
      </div>
      <Inbox mobile={sent.mobile} onCode={setDigits} />
    </form>
  )
}
