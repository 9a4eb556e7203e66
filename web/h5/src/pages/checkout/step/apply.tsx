import { ask, Field, minorOf, RefusalNotice, useText, type Shape } from '@fenqi/ui'
import { useState, type FormEvent } from 'react'
import { Heading } from '../../../parts/heading'
import { api } from '../../../session'
import { checkout } from '../../../texts/checkout'
import { useTold } from '../../../texts/refusal'
import { at, useStep } from '../progress'
import { Voluntary } from './voluntary'

type ConsentBody = Shape['OneConsent']
type Stated = { is_student: boolean; monthly_income_minor: number | null }

/** What only the applicant knows, then the decision; while it is made, nothing else can be pressed. */
export function ApplyStep({ checkoutId }: { checkoutId: string }) {
  const text = useText(checkout)
  const [student, setStudent] = useState<boolean | null>(null)
  const [income, setIncome] = useState('')
  const [agreed, agree] = useState<ConsentBody[]>([])
  const apply = useStep(checkoutId, async (stated: Stated) => {
    if (agreed.length > 0)
      await ask(api.POST('/h5/checkouts/{checkout_id}/consents', { ...at(checkoutId), body: { consents: agreed } }))
    return ask(
      api.POST('/h5/checkouts/{checkout_id}/decision', {
        ...at(checkoutId),
        body: { ...stated, down_payment_minor: 0 },
      }),
    )
  })
  const told = useTold(apply.error)
  const incomeMinor = minorOf(income)
  const isIncomeWrong = income.trim() !== '' && incomeMinor === null
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (student !== null) apply.mutate({ is_student: student, monthly_income_minor: incomeMinor })
  }
  if (apply.isPending) return <Deciding />
  return (
    <form className="card" onSubmit={submit} noValidate>
      <Heading>{text('step_apply')}</Heading>
      <p className="soft">{text('applyWhy')}</p>
      <fieldset className="choice">
        <legend>{text('student')}</legend>
        {[false, true].map((answer) => (
          <label key={String(answer)} className="tick">
            <input type="radio" name="student" checked={student === answer} onChange={() => setStudent(answer)} />
            <span>{text(answer ? 'yes' : 'no')}</span>
          </label>
        ))}
        <small className="soft">{text('studentWhy')}</small>
      </fieldset>
      <Field
        label={text('income')}
        hint={text('incomeHint')}
        error={isIncomeWrong ? text('incomeHint') : undefined}
        inputMode="decimal"
        autoComplete="off"
        value={income}
        onChange={(event) => setIncome(event.target.value)}
      />
      <Voluntary checkoutId={checkoutId} onChange={agree} />
      {apply.isError && <RefusalNotice error={apply.error} told={told} />}
      <button type="submit" className="button" data-wide disabled={student === null || isIncomeWrong}>
        {text('apply')}
      </button>
    </form>
  )
}

function Deciding() {
  const text = useText(checkout)
  return (
    <section className="card waiting" role="status" aria-busy="true">
      <div className="pulse" aria-hidden="true" />
      <Heading>{text('deciding')}</Heading>
      <p className="soft">{text('decidingHelp')}</p>
    </section>
  )
}
