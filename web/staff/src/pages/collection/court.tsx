import { ask, minorOf, RefusalNotice, useText, type Shape } from '@fenqi/ui'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { ChoiceList } from '../../parts/choice'
import { Labelled } from '../../parts/labelled'
import { api } from '../../session'
import { collection as texts } from '../../texts/collection'
import { useInCase } from './asked'
import type { CollectionCase } from './detail'

type Step = Shape['LegalStep']

const STEPS: Step[] = ['proposed', 'approved', 'filed', 'judged', 'enforcing', 'ended']

/** The next step in court; whoever proposes to go there is not who agrees. */
export function Court({ found }: { found: CollectionCase }) {
  const text = useText(texts)
  const [step, choose] = useState<Step>('proposed')
  const [said, say] = useState({ reference: '', cost: '', remark: '' })
  const take = useInCase(found.case_id, () =>
    ask(
      api.POST('/staff/collection-cases/{case_id}/legal-steps', {
        params: { path: { case_id: found.case_id } },
        body: { step, reference: said.reference, cost_minor: minorOf(said.cost) ?? 0, text: said.remark },
      }),
    ),
  )
  const field = (name: keyof typeof said) => (
    <Labelled label={text(name)}>
      {(id) => <Input id={id} value={said[name]} onChange={(event) => say({ ...said, [name]: event.target.value })} />}
    </Labelled>
  )
  return (
    <div className="list-tools">
      <ChoiceList
        label={text('legal')}
        value={step}
        options={STEPS.map((one) => ({ value: one, label: text(`legal_${one}`) }))}
        onChange={(value) => choose(value as Step)}
      />
      {field('reference')}
      {field('cost')}
      {field('remark')}
      <Button loading={take.isPending} onClick={() => take.mutate(undefined)}>
        {text('doStep')}
      </Button>
      {take.isError && <RefusalNotice error={take.error} />}
    </div>
  )
}
