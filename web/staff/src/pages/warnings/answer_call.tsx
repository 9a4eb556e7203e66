import { ask, minorOf, RefusalNotice, useText, type Shape } from '@fenqi/ui'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { ChoiceList } from '../../parts/choice'
import { Labelled } from '../../parts/labelled'
import { useOnce } from '../../parts/once'
import { api } from '../../session'
import { complaints } from '../../texts/complaints'
import { hardship } from '../../texts/hardship'
import { warningCalls as texts } from '../../texts/warning_calls'
import { CAUSES } from '../complaints/names'

type Told = Shape['NewWarningAnswer']

const ANSWERS: Told['answered'][] = ['borrower', 'nobody', 'somebody_else', 'wrong_number']
const SAID = ['will_pay', 'needs_help', 'disputes', 'no_calls', 'other'] as const
const HELP_CAUSES: Shape['HardshipCause'][] = ['job_loss', 'income_fall', 'illness', 'family', 'disaster', 'other']
const AMOUNTS = ['income', 'living', 'debts'] as const
const WORDS_MIN = 5
const EMPTY = {
  answered: 'borrower' as Told['answered'],
  said: 'will_pay' as (typeof SAID)[number],
  pays_on: '',
  words: '',
  help: 'income_fall' as Shape['HardshipCause'],
  income: '',
  living: '',
  debts: '',
  dispute: 'cost' as Shape['ComplaintCause'],
  loan: '',
  disputed: '',
}

type Typed = typeof EMPTY

/** What came of a call, told once: who answered, what the borrower said, and what that wants written down. */
export function AnswerCall({ warningId, contactId }: { warningId: string; contactId: string }) {
  const text = useText(texts)
  const [typed, type] = useState(EMPTY)
  const path = { warning_id: warningId, contact_id: contactId }
  const tell = useOnce(['warnings', warningId], (body: Told) =>
    ask(api.POST('/staff/warnings/{warning_id}/calls/{contact_id}/answer', { params: { path }, body })),
  )
  const set = (part: Partial<Typed>) => type({ ...typed, ...part })
  const told = toldOf(typed)
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (told) tell.mutate(told)
      }}
    >
      <div className="list-tools">
        <ChoiceList
          label={text('answered')}
          value={typed.answered}
          options={ANSWERS.map((value) => ({ value, label: text(`answered_${value}`) }))}
          onChange={(answered) => set({ answered: answered as Typed['answered'] })}
        />
        {typed.answered === 'borrower' && <WhatWasSaid typed={typed} set={set} />}
      </div>
      <Labelled label={text('words')}>
        {(id) => (
          <Input.TextArea
            id={id}
            rows={3}
            maxLength={2000}
            value={typed.words}
            onChange={(event) => set({ words: event.target.value })}
          />
        )}
      </Labelled>
      <div className="page-tools">
        <Button type="primary" htmlType="submit" disabled={told === null} loading={tell.isPending}>
          {text('tell')}
        </Button>
      </div>
      {tell.isError && <RefusalNotice error={tell.error} />}
    </form>
  )
}

function WhatWasSaid({ typed, set }: { typed: Typed; set: (part: Partial<Typed>) => void }) {
  const text = useText(texts)
  const care = useText(hardship)
  const heard = useText(complaints)
  const field = (name: 'income' | 'living' | 'debts' | 'loan' | 'disputed', label: string) => (
    <Labelled key={name} label={label}>
      {(id) => <Input id={id} value={typed[name]} onChange={(event) => set({ [name]: event.target.value })} />}
    </Labelled>
  )
  return (
    <>
      <ChoiceList
        label={text('said')}
        value={typed.said}
        options={SAID.map((value) => ({ value, label: text(`said_${value}`) }))}
        onChange={(said) => set({ said: said as Typed['said'] })}
      />
      {typed.said === 'will_pay' && (
        <Labelled label={text('paysOn')}>
          {(id) => <Input id={id} type="date" value={typed.pays_on} onChange={(event) => set({ pays_on: event.target.value })} />}
        </Labelled>
      )}
      {typed.said === 'needs_help' && (
        <>
          <ChoiceList
            label={care('cause')}
            value={typed.help}
            options={HELP_CAUSES.map((value) => ({ value, label: care(value) }))}
            onChange={(help) => set({ help: help as Typed['help'] })}
          />
          {AMOUNTS.map((each) => field(each, `${care(each)} (${care('amountHint')})`))}
        </>
      )}
      {typed.said === 'disputes' && (
        <>
          <ChoiceList
            label={heard('cause')}
            value={typed.dispute}
            options={Object.entries(CAUSES).map(([value, key]) => ({ value, label: heard(key) }))}
            onChange={(dispute) => set({ dispute: dispute as Typed['dispute'] })}
          />
          {field('loan', heard('about'))}
          {typed.dispute === 'goods' && field('disputed', heard('disputedYuan'))}
        </>
      )}
    </>
  )
}

/** What is to be told; null while something that belongs to it is missing. */
function toldOf(typed: Typed): Told | null {
  const { answered, said, words } = typed
  if (answered !== 'borrower') return { answered, words }
  const told = { answered, said, words }
  if (said === 'will_pay') return typed.pays_on ? { ...told, pays_on: typed.pays_on } : null
  if (said === 'needs_help') return helpOf(typed, told)
  if (said === 'disputes') return disputeOf(typed, told)
  return said === 'other' && !words.trim() ? null : told
}

function helpOf(typed: Typed, told: Told): Told | null {
  const [income, living, debts] = [minorOf(typed.income), minorOf(typed.living), minorOf(typed.debts)]
  if (income === null || living === null || debts === null) return null
  const amounts = { monthly_income_minor: income, monthly_living_minor: living, monthly_debts_minor: debts }
  return { ...told, help: { cause: typed.help, text: typed.words, ...amounts } }
}

function disputeOf(typed: Typed, told: Told): Told | null {
  const isDispute = typed.dispute === 'goods'
  const disputed = isDispute ? minorOf(typed.disputed) : 0
  if (typed.words.trim().length < WORDS_MIN || disputed === null) return null
  return {
    ...told,
    dispute: { cause: typed.dispute, text: typed.words, loan_id: typed.loan || null, disputed_minor: disputed },
  }
}
