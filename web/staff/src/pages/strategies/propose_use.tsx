import { ask, RefusalNotice, useText, type Shape } from '@fenqi/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { ChoiceList } from '../../parts/choice'
import { Labelled } from '../../parts/labelled'
import { Section } from '../../parts/section'
import { api } from '../../session'
import { strategies as texts } from '../../texts/strategies'

type Role = Shape['StrategyUseLine']['role']

const ROLES: Role[] = ['champion', 'challenger', 'shadow', 'retired']
const TEXT_LENGTH_MIN = 5

/** What a version is to be used for and from when; somebody else has to agree. */
export function ProposeUse({ version }: { version: string }) {
  const text = useText(texts)
  const queries = useQueryClient()
  const [role, choose] = useState<Role>('challenger')
  const [said, say] = useState({ share: '50', from: '', reason: '' })
  const propose = useMutation({
    mutationFn: () =>
      ask(
        api.POST('/staff/strategies/{version}/uses', {
          params: { path: { version } },
          body: {
            role,
            share_permille: role === 'challenger' ? Number(said.share) : 0,
            from_at: said.from ? new Date(said.from).toISOString() : null,
            reason: said.reason.trim(),
          },
        }),
      ),
    onSettled: () => queries.invalidateQueries({ queryKey: ['strategies'] }),
  })
  const field = (name: keyof typeof said, label: string, type: string) => (
    <Labelled label={label}>
      {(id) => (
        <Input id={id} type={type} value={said[name]} onChange={(event) => say({ ...said, [name]: event.target.value })} />
      )}
    </Labelled>
  )
  return (
    <Section title={text('proposeUse')}>
      <div className="list-tools">
        <ChoiceList
          label={text('role')}
          value={role}
          options={ROLES.map((one) => ({ value: one, label: text(one) }))}
          onChange={(value) => choose(value as Role)}
        />
        {role === 'challenger' && field('share', text('permille'), 'number')}
        {field('from', text('fromTold'), 'datetime-local')}
        {field('reason', text('reason'), 'text')}
        <Button
          disabled={said.reason.trim().length < TEXT_LENGTH_MIN}
          loading={propose.isPending}
          onClick={() => propose.mutate()}
        >
          {text('proposeUse')}
        </Button>
        <span role="status">{propose.data && text('useProposed')}</span>
      </div>
      {propose.isError && <RefusalNotice error={propose.error} />}
    </Section>
  )
}
