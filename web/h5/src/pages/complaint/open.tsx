import { ask, Field, minorOf, RefusalNotice, useText, type Shape } from '@fenqi/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useId, useState, type FormEvent } from 'react'
import { api } from '../../session'
import { complaint } from '../../texts/complaint'
import { Evidence, Subject } from './record'

type Cause = Shape['ComplaintCause']
type OpenComplaint = { record: Shape['RecordLineShape'][]; loanId: string; about: string | null; done: () => void }

const CAUSES: Cause[] = ['goods', 'cost', 'repayment', 'contact', 'decision', 'credit_record', 'privacy', 'service', 'other']
const WORDS_MIN = 5

/** A new complaint: about what, in which words, and what of one's record it rests on. */
export function OpenComplaint({ record, loanId, about, done }: OpenComplaint) {
  const text = useText(complaint)
  const queries = useQueryClient()
  const words = useId()
  const [once] = useState(() => crypto.randomUUID())
  const [cause, setCause] = useState<Cause | null>(CAUSES.find((each) => each === about) ?? null)
  const [subject, choose] = useState(loanId)
  const [typed, type] = useState('')
  const [told, tell] = useState('')
  const [evidence, name] = useState<string[]>([])
  const disputed = minorOf(typed)
  const isDispute = cause === 'goods'
  const isAppeal = cause === 'decision'
  const needsSubject = isDispute || isAppeal
  const isReady =
    cause !== null && told.trim().length >= WORDS_MIN && (!needsSubject || subject !== '') && (!isDispute || disputed !== null)
  const sending = useMutation({
    mutationFn: () =>
      ask(
        api.POST('/h5/complaints', {
          body: {
            cause: cause ?? 'other',
            text: told.trim(),
            loan_id: subject && !isAppeal ? subject : null,
            decision_id: subject && isAppeal ? subject : null,
            disputed_minor: isDispute ? (disputed ?? 0) : 0,
            evidence_ids: evidence,
            request_id: once,
          },
        }),
      ),
    onSuccess: done,
    onSettled: () => queries.invalidateQueries({ queryKey: ['complaints'] }),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (isReady) sending.mutate()
  }
  const turn = (to: Cause) => {
    if ((to === 'decision') !== isAppeal) choose(to === 'decision' ? '' : loanId)
    setCause(to)
  }
  return (
    <form className="card" onSubmit={submit} noValidate>
      <h2>{text('new')}</h2>
      <fieldset className="choice">
        <legend>{text('cause')}</legend>
        {CAUSES.map((each) => (
          <label key={each} className="tick">
            <input type="radio" name="cause" checked={cause === each} onChange={() => turn(each)} />
            <span>{text(each)}</span>
          </label>
        ))}
      </fieldset>
      {cause && <Subject record={record} isAppeal={isAppeal} isNeeded={needsSubject} chosen={subject} choose={choose} />}
      {isDispute && (
        <Field
          label={text('disputed')}
          hint={text('disputedHint')}
          error={typed !== '' && disputed === null ? text('amountWrong') : undefined}
          inputMode="decimal"
          value={typed}
          onChange={(event) => type(event.target.value)}
          required
        />
      )}
      <div className="field">
        <label htmlFor={words}>{text('text')}</label>
        <textarea
          id={words}
          rows={4}
          maxLength={4000}
          aria-describedby={`${words}-told`}
          value={told}
          onChange={(event) => tell(event.target.value)}
          required
        />
        <div id={`${words}-told`} className="field-told">
          {text('textHint')}
        </div>
      </div>
      <Evidence record={record} chosen={evidence} choose={name} />
      {sending.isError && <RefusalNotice error={sending.error} />}
      <button type="submit" className="button" data-wide disabled={!isReady || sending.isPending}>
        {text('send')}
      </button>
    </form>
  )
}
