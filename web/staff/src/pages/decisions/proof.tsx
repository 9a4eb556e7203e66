import { ask, Field, minorOf, RefusalNotice, useText, type Shape } from '@fenqi/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Select } from 'antd'
import { useId, useState } from 'react'
import { useNavigate } from 'react-router'
import { useMe } from '../../parts/me'
import { PaperList } from '../../parts/paper_list'
import { api } from '../../session'
import { decisions as texts } from '../../texts/decisions'

type Decision = Shape['StaffDecisionShape']

/** What the applicant handed in; whoever reviews says what income it proves, and the application is judged with that. */
export function Proof({ decision }: { decision: Decision }) {
  const text = useText(texts)
  const { has } = useMe()
  if (decision.papers.length === 0) return null
  const isOpen = decision.outcome === 'refer' && decision.verdict === null && has('reviewer', 'risk')
  return (
    <>
      <PaperList
        papers={decision.papers}
        title={text('papers')}
        empty=""
        of={`/staff/decisions/${decision.decision_id}`}
      />
      {isOpen && <Income decision={decision} />}
    </>
  )
}

function Income({ decision }: { decision: Decision }) {
  const text = useText(texts)
  const go = useNavigate()
  const label = useId()
  const queries = useQueryClient()
  const [paper_id, choose] = useState(decision.papers.at(-1)?.paper_id ?? '')
  const [typed, type] = useState('')
  const monthly_income_minor = minorOf(typed)
  const judging = useMutation({
    mutationFn: () =>
      ask(
        api.POST('/staff/decisions/{decision_id}/incomes', {
          params: { path: { decision_id: decision.decision_id } },
          body: { paper_id, monthly_income_minor: monthly_income_minor ?? 0 },
        }),
      ),
    onSuccess: (judged) => go(`/decisions/${judged.decision_id}`),
    onSettled: () =>
      Promise.all([queries.invalidateQueries({ queryKey: ['decisions'] }), queries.invalidateQueries({ queryKey: ['cases'] })]),
  })
  return (
    <div className="ask">
      <p className="soft">{text('incomeHelp')}</p>
      <label htmlFor={label}>{text('papers')}</label>
      <Select
        id={label}
        value={paper_id}
        onChange={choose}
        options={decision.papers.map((paper) => ({ value: paper.paper_id, label: paper.name }))}
      />
      <Field label={text('incomeProven')} inputMode="decimal" value={typed} onChange={(event) => type(event.target.value)} />
      {judging.isError && <RefusalNotice error={judging.error} />}
      <Button disabled={monthly_income_minor === null} loading={judging.isPending} onClick={() => judging.mutate()}>
        {text('judgeAgain')}
      </Button>
    </div>
  )
}
