import { ask, minorOf, RefusalNotice, statusTexts, useText, type Shape } from '@fenqi/ui'
import { Button, Input } from 'antd'
import { useCallback, useState } from 'react'
import { ChoiceList } from '../../parts/choice'
import { Labelled } from '../../parts/labelled'
import { Section } from '../../parts/section'
import { useShortcut } from '../../parts/shortcut'
import { api } from '../../session'
import { complaints as texts } from '../../texts/complaints'
import { at, useCommand } from './command'
import type { Complaint } from './detail'

const OUTCOMES: Shape['ComplaintOutcome'][] = ['upheld', 'partly_upheld', 'rejected']
const REDRESS: Shape['Redress'][] = ['none', 'goodwill', 'refund']
const ANSWER_MIN = 5

/** What was found, in the customer's words, and how it is made good; it goes out, or waits for a second person. */
export function Answer({ found }: { found: Complaint }) {
  const text = useText(texts)
  const named = useText(statusTexts)
  const [outcome, find] = useState<Shape['ComplaintOutcome'] | ''>('')
  const [answer, say] = useState('')
  const [redress, give] = useState<Shape['Redress']>('none')
  const [typed, type] = useState('')
  const minor = minorOf(typed)
  const isGiven = redress !== 'none'
  const isReady = outcome !== '' && answer.trim().length >= ANSWER_MIN && (!isGiven || minor !== null)
  const { mutate, isPending, isError, error } = useCommand((_: undefined) =>
    ask(
      api.POST('/staff/complaints/{complaint_id}/answer', {
        ...at(found.complaint_id),
        body: { outcome: outcome || 'rejected', answer, redress, redress_minor: isGiven ? (minor ?? 0) : 0 },
      }),
    ),
  )
  useShortcut('S', useCallback(() => isReady && !isPending && mutate(undefined), [isReady, isPending, mutate]))
  return (
    <Section title={text('answer')}>
      <div className="list-tools">
        <ChoiceList
          label={text('outcome')}
          value={outcome}
          none="—"
          options={OUTCOMES.map((one) => ({ value: one, label: named(`complaint_outcome_${one}`) }))}
          onChange={(value) => find(value as Shape['ComplaintOutcome'])}
        />
        <ChoiceList
          label={text('redress')}
          value={redress}
          options={(found.loan_id ? REDRESS : REDRESS.slice(0, 1)).map((one) => ({ value: one, label: text(one) }))}
          onChange={(value) => give(value as Shape['Redress'])}
        />
        {isGiven && (
          <Labelled label={text('amount')}>
            {(id) => <Input id={id} inputMode="decimal" value={typed} onChange={(event) => type(event.target.value)} />}
          </Labelled>
        )}
      </div>
      <Labelled label={text('answerText')}>
        {(id) => (
          <Input.TextArea id={id} rows={4} maxLength={4000} value={answer} onChange={(event) => say(event.target.value)} />
        )}
      </Labelled>
      <div className="page-tools">
        <Button type="primary" disabled={!isReady} loading={isPending} onClick={() => mutate(undefined)}>
          {text('answerSend')}
        </Button>
      </div>
      {isError && <RefusalNotice error={error} />}
    </Section>
  )
}
