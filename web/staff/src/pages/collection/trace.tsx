import { ask, RefusalNotice, useText } from '@fenqi/ui'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { ChoiceList } from '../../parts/choice'
import { Labelled } from '../../parts/labelled'
import { Section } from '../../parts/section'
import { api } from '../../session'
import { collection as texts } from '../../texts/collection'
import { useInCase } from './asked'
import type { CollectionCase } from './detail'

const SOURCES = ['own_records', 'in_app_question', 'credit_record'] as const

type Source = (typeof SOURCES)[number]

/** Where it was looked up whether the borrower can still be reached; nobody else is asked. */
export function Trace({ found }: { found: CollectionCase }) {
  const text = useText(texts)
  const [source, choose] = useState<Source>('own_records')
  const [what, say] = useState('')
  const keep = useInCase(
    found.case_id,
    () =>
      ask(
        api.POST('/staff/collection-cases/{case_id}/traces', {
          params: { path: { case_id: found.case_id } },
          body: { source, text: what },
        }),
      ),
    () => say(''),
  )
  return (
    <Section title={text('trace')}>
      <div className="list-tools">
        <ChoiceList
          label={text('source')}
          value={source}
          options={SOURCES.map((one) => ({ value: one, label: text(`source_${one}`) }))}
          onChange={(value) => choose(value as Source)}
        />
        <Labelled label={text('found')}>
          {(id) => <Input id={id} value={what} onChange={(event) => say(event.target.value)} />}
        </Labelled>
        <Button disabled={what.trim().length < 2} loading={keep.isPending} onClick={() => keep.mutate(undefined)}>
          {text('traceDo')}
        </Button>
      </div>
      {keep.isError && <RefusalNotice error={keep.error} />}
    </Section>
  )
}
