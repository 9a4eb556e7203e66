import { ask, minorOf, RefusalNotice, useText, type Shape } from '@fenqi/ui'
import { useMutation } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { useNavigate, useParams } from 'react-router'
import { ChoiceList } from '../../parts/choice'
import { Labelled } from '../../parts/labelled'
import { PageHead } from '../../parts/page_head'
import { api } from '../../session'
import { hardship as texts } from '../../texts/hardship'

type Cause = Shape['HardshipCause']

const CAUSES: Cause[] = ['job_loss', 'income_fall', 'illness', 'family', 'disaster', 'other']
const AMOUNTS = ['income', 'living', 'debts'] as const

/** Write a request down for a customer who asks on the phone. */
export function AskForHardshipPage() {
  const text = useText(texts)
  const { customer_id = '' } = useParams()
  const go = useNavigate()
  const [once] = useState(() => crypto.randomUUID())
  const [cause, setCause] = useState<Cause>('income_fall')
  const [told, tell] = useState('')
  const [typed, type] = useState({ income: '', living: '', debts: '' })
  const minor = { income: minorOf(typed.income), living: minorOf(typed.living), debts: minorOf(typed.debts) }
  const sending = useMutation({
    mutationFn: () =>
      ask(
        api.POST('/staff/hardship', {
          body: {
            customer_id,
            cause,
            text: told,
            monthly_income_minor: minor.income ?? 0,
            monthly_living_minor: minor.living ?? 0,
            monthly_debts_minor: minor.debts ?? 0,
            request_id: once,
          },
        }),
      ),
    onSuccess: (found) => go(`/hardship/${found.request_id}`),
  })
  const isReady = minor.income !== null && minor.living !== null && minor.debts !== null
  return (
    <>
      <PageHead title={text('askFor')} />
      <p>{text('askForHelp')}</p>
      <div className="list-tools">
        <ChoiceList
          label={text('cause')}
          value={cause}
          options={CAUSES.map((one) => ({ value: one, label: text(one) }))}
          onChange={(value) => setCause(value as Cause)}
        />
        {AMOUNTS.map((each) => (
          <Labelled key={each} label={`${text(each)} (${text('amountHint')})`}>
            {(id) => (
              <Input id={id} inputMode="decimal" value={typed[each]} onChange={(event) => type({ ...typed, [each]: event.target.value })} />
            )}
          </Labelled>
        ))}
      </div>
      <Labelled label={text('text')}>
        {(id) => <Input.TextArea id={id} rows={3} maxLength={2000} value={told} onChange={(event) => tell(event.target.value)} />}
      </Labelled>
      <div className="page-tools">
        <Button type="primary" disabled={!isReady} loading={sending.isPending} onClick={() => sending.mutate()}>
          {text('submit')}
        </Button>
      </div>
      {sending.isError && <RefusalNotice error={sending.error} />}
    </>
  )
}
