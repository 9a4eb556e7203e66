import { ask, RefusalNotice, statusTexts, useText, type Shape } from '@fenqi/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Input, Select } from 'antd'
import { useId, useState } from 'react'
import { useMe } from '../../parts/me'
import { Section } from '../../parts/section'
import { api } from '../../session'
import { cases as texts } from '../../texts/cases'

const TEXT_LENGTH_MIN = 5
const FINDINGS = ['sound', 'unaffordable', 'unproven', 'fraud'] as const

type Finding = (typeof FINDINGS)[number]
type Does = 'taking' | 'release' | 'escalation' | 'notes' | 'end'

/** What somebody can do in a case: take it, and once it is theirs write down, give back, pass on, end. */
export function Work({ found }: { found: Shape['StaffCaseShape'] }) {
  const text = useText(texts)
  const { me } = useMe()
  const [said, say] = useState('')
  const [finding, find] = useState<Finding>('sound')
  const queries = useQueryClient()
  const act = useMutation({
    mutationFn: (does: Does) => asked(found.case_id, does, said.trim(), finding),
    onSuccess: (now, does) => {
      queries.setQueryData(['cases', now.case_id], now)
      if (does !== 'taking') say('')
    },
    onError: () => queries.invalidateQueries({ queryKey: ['cases', found.case_id] }),
  })
  const isMine = found.taken_by !== null && found.taken_by === me.data?.login
  const isMute = said.trim().length < TEXT_LENGTH_MIN
  const button = (does: Does, name: string, isBlocked = false) => (
    <Button disabled={isBlocked || act.isPending} onClick={() => act.mutate(does)} type={does === 'taking' ? 'primary' : 'default'}>
      {name}
    </Button>
  )
  return (
    <Section title={isMine ? text('mine') : text('take')}>
      {isMine && <Say said={said} say={say} />}
      {act.isError && <RefusalNotice error={act.error} />}
      <div className="page-tools">
        {button('taking', isMine ? text('keep') : text('take'))}
        {isMine && button('release', text('release'))}
        {isMine && button('notes', text('note'), isMute)}
        {isMine && found.level === 'reviewer' && button('escalation', text('escalate'), isMute)}
        {isMine && !hasWaiting(found) && (
          <>
            <Findings finding={finding} find={find} />
            {button('end', text('end'), isMute)}
          </>
        )}
      </div>
    </Section>
  )
}

function Say({ said, say }: { said: string; say: (said: string) => void }) {
  const text = useText(texts)
  const id = useId()
  return (
    <div className="ask">
      <label htmlFor={id}>{text('say')}</label>
      <Input.TextArea id={id} rows={2} maxLength={2000} value={said} onChange={(event) => say(event.target.value)} />
    </div>
  )
}

function Findings({ finding, find }: { finding: Finding; find: (finding: Finding) => void }) {
  const text = useText(texts)
  const status = useText(statusTexts)
  return (
    <Select
      aria-label={text('found')}
      value={finding}
      onChange={find}
      options={FINDINGS.map((one) => ({ value: one, label: status(`finding_${one}`) }))}
    />
  )
}

/** A referred decision that nobody has answered is answered on its own page. */
function hasWaiting(found: Shape['StaffCaseShape']): boolean {
  return found.decisions.some((line) => line.outcome === 'refer' && line.verdict === null)
}

function asked(case_id: string, does: Does, text: string, found: Finding) {
  const params = { path: { case_id } }
  switch (does) {
    case 'taking':
      return ask(api.POST('/staff/cases/{case_id}/taking', { params }))
    case 'release':
      return ask(api.POST('/staff/cases/{case_id}/release', { params }))
    case 'escalation':
      return ask(api.POST('/staff/cases/{case_id}/escalation', { params, body: { text } }))
    case 'notes':
      return ask(api.POST('/staff/cases/{case_id}/notes', { params, body: { text } }))
    case 'end':
      return ask(api.POST('/staff/cases/{case_id}/end', { params, body: { text, found } }))
  }
}
