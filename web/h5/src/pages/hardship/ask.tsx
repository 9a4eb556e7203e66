import { ask, Field, minorOf, RefusalNotice, useText, type Shape } from '@fenqi/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useId, useState, type FormEvent } from 'react'
import { api } from '../../session'
import { hardship } from '../../texts/hardship'

const CAUSES: Shape['HardshipCause'][] = ['job_loss', 'income_fall', 'illness', 'family', 'disaster', 'other']
const AMOUNTS = ['income', 'living', 'debts'] as const

/** The one step: why, and what a month brings and takes. */
export function AskForHelp({ days }: { days: number }) {
  const text = useText(hardship)
  const queries = useQueryClient()
  const words = useId()
  const [once] = useState(() => crypto.randomUUID())
  const [cause, setCause] = useState<Shape['HardshipCause'] | null>(null)
  const [told, tell] = useState('')
  const [typed, type] = useState({ income: '', living: '', debts: '' })
  const minor = { income: minorOf(typed.income), living: minorOf(typed.living), debts: minorOf(typed.debts) }
  const isReady = cause !== null && minor.income !== null && minor.living !== null && minor.debts !== null
  const sending = useMutation({
    mutationFn: () =>
      ask(
        api.POST('/h5/hardship', {
          body: {
            cause: cause ?? 'other',
            text: told,
            monthly_income_minor: minor.income ?? 0,
            monthly_living_minor: minor.living ?? 0,
            monthly_debts_minor: minor.debts ?? 0,
            request_id: once,
          },
        }),
      ),
    onSettled: () => queries.invalidateQueries({ queryKey: ['hardship'] }),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (isReady) sending.mutate()
  }
  return (
    <form className="card" onSubmit={submit} noValidate>
      <p>{text('promise', { days })}</p>
      <fieldset className="choice">
        <legend>{text('cause')}</legend>
        {CAUSES.map((each) => (
          <label key={each} className="tick">
            <input type="radio" name="cause" checked={cause === each} onChange={() => setCause(each)} />
            <span>{text(each)}</span>
          </label>
        ))}
      </fieldset>
      {AMOUNTS.map((each) => (
        <Field
          key={each}
          label={text(each)}
          hint={text('amountHint')}
          error={typed[each] !== '' && minor[each] === null ? text('amountWrong') : undefined}
          inputMode="decimal"
          value={typed[each]}
          onChange={(event) => type({ ...typed, [each]: event.target.value })}
          required
        />
      ))}
      <div className="field">
        <label htmlFor={words}>{text('text')}</label>
        <textarea id={words} rows={3} maxLength={2000} value={told} onChange={(event) => tell(event.target.value)} />
      </div>
      {sending.isError && <RefusalNotice error={sending.error} />}
      <button type="submit" className="button" data-wide disabled={!isReady || sending.isPending}>
        {text('ask')}
      </button>
    </form>
  )
}
