import { ask, RefusalNotice, useText } from '@fenqi/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { Labelled } from '../../parts/labelled'
import { Section } from '../../parts/section'
import { api } from '../../session'
import { agencies as texts } from '../../texts/agencies'

const NOTHING = { name: '', contract_from: '', contract_until: '', assessed_on: '', permille: '' }
const FIELDS = [
  ['name', 'name', 'text'],
  ['contract_from', 'contractFrom', 'date'],
  ['contract_until', 'contractUntil', 'date'],
  ['assessed_on', 'assessedOn', 'date'],
  ['permille', 'permille', 'number'],
] as const

/** Puts an agency on the list, with its contract and what it is to earn. */
export function AddAgency() {
  const text = useText(texts)
  const queries = useQueryClient()
  const [said, say] = useState(NOTHING)
  const add = useMutation({
    mutationFn: () => {
      const { permille, ...dated } = said
      return ask(api.POST('/staff/agencies', { body: { ...dated, commission_permille: Number(permille) } }))
    },
    onSuccess: () => say(NOTHING),
    onSettled: () => queries.invalidateQueries({ queryKey: ['agencies'] }),
  })
  return (
    <Section title={text('addAgency')}>
      <div className="list-tools">
        {FIELDS.map(([name, label, type]) => (
          <Labelled key={name} label={text(label)}>
            {(id) => (
              <Input id={id} type={type} value={said[name]} onChange={(event) => say({ ...said, [name]: event.target.value })} />
            )}
          </Labelled>
        ))}
        <Button disabled={Object.values(said).some((value) => !value)} loading={add.isPending} onClick={() => add.mutate()}>
          {text('addAgency')}
        </Button>
      </div>
      {add.isError && <RefusalNotice error={add.error} />}
    </Section>
  )
}
