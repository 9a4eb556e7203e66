import { ask, RefusalNotice, useText, type Shape } from '@fenqi/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { ChoiceList } from '../../parts/choice'
import { Labelled } from '../../parts/labelled'
import { Section } from '../../parts/section'
import { api } from '../../session'
import { agencies as texts } from '../../texts/agencies'

type Kind = Shape['AgencyChangeLine']['kind']

const NOTHING = { agency_id: '', day: '', why: '' }
const KINDS: Kind[] = ['renewed', 'assessed', 'ended']
const PATHS = {
  renewed: '/staff/agencies/{agency_id}/renewal',
  assessed: '/staff/agencies/{agency_id}/assessment',
  ended: '/staff/agencies/{agency_id}/end',
} as const satisfies Record<Kind, string>

/** Renews or ends an agency's contract, or keeps that it was assessed again. */
export function ChangeAgency({ agencies }: { agencies: Shape['AgencyLine'][] }) {
  const text = useText(texts)
  const queries = useQueryClient()
  const [said, say] = useState(NOTHING)
  const [kind, choose] = useState<Kind>('renewed')
  const change = useMutation({
    mutationFn: () => {
      const { agency_id, ...body } = said
      return ask(api.POST(PATHS[kind], { params: { path: { agency_id } }, body }))
    },
    onSuccess: () => say(NOTHING),
    onSettled: () => queries.invalidateQueries({ queryKey: ['agencies'] }),
  })
  const field = (name: 'day' | 'why', label: string, type: string) => (
    <Labelled label={label}>
      {(id) => <Input id={id} type={type} value={said[name]} onChange={(event) => say({ ...said, [name]: event.target.value })} />}
    </Labelled>
  )
  return (
    <Section title={text('changeAgency')}>
      <div className="list-tools">
        <ChoiceList
          label={text('changeKind')}
          value={kind}
          options={KINDS.map((one) => ({ value: one, label: text(`agency_${one}`) }))}
          onChange={(chosen) => choose(chosen as Kind)}
        />
        <ChoiceList
          label={text('whichAgency')}
          value={said.agency_id}
          options={agencies.map((one) => ({ value: one.agency_id, label: one.name }))}
          none={text('chooseAgency')}
          onChange={(agency_id) => say({ ...said, agency_id })}
        />
        {field('day', text('isOn'), 'date')}
        {field('why', text('changeWhy'), 'text')}
        <Button
          disabled={!said.agency_id || !said.day || said.why.trim().length < 5}
          loading={change.isPending}
          onClick={() => change.mutate()}
        >
          {text('changeAgency')}
        </Button>
        <span role="status">{change.data && text('agencyChanged')}</span>
      </div>
      {kind === 'ended' && <p className="soft">{text('endedHelp')}</p>}
      {change.isError && <RefusalNotice error={change.error} />}
    </Section>
  )
}
