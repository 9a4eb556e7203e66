import { ask, RefusalNotice, useText } from '@fenqi/ui'
import { useQuery } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { ChoiceList } from '../../parts/choice'
import { Labelled } from '../../parts/labelled'
import { api } from '../../session'
import { collection as texts } from '../../texts/collection'
import { useInCase } from './asked'
import type { CollectionCase } from './detail'

/** Gives a case to an agency, or takes it back with the reason. */
export function Assign({ found }: { found: CollectionCase }) {
  const text = useText(texts)
  const params = { path: { case_id: found.case_id } }
  const list = useQuery({ queryKey: ['agencies'], queryFn: () => ask(api.GET('/staff/agencies')) })
  const [agency_id, choose] = useState('')
  const [why, say] = useState('')
  const assign = useInCase(found.case_id, () =>
    ask(api.POST('/staff/collection-cases/{case_id}/assignment', { params, body: { agency_id } })),
  )
  const recall = useInCase(found.case_id, () =>
    ask(api.POST('/staff/collection-cases/{case_id}/recall', { params, body: { text: why } })),
  )
  return (
    <div className="list-tools">
      {found.agency_id === null ? (
        <>
          <ChoiceList
            label={text('agency')}
            none={text('chooseAgency')}
            value={agency_id}
            options={(list.data?.agencies ?? []).map((one) => ({ value: one.agency_id, label: one.name }))}
            onChange={choose}
          />
          <Button disabled={!agency_id} loading={assign.isPending} onClick={() => assign.mutate(undefined)}>
            {text('assign')}
          </Button>
        </>
      ) : (
        <>
          <Labelled label={text('recallWhy')}>
            {(id) => <Input id={id} value={why} onChange={(event) => say(event.target.value)} />}
          </Labelled>
          <Button disabled={why.trim().length < 2} loading={recall.isPending} onClick={() => recall.mutate(undefined)}>
            {text('recall')}
          </Button>
        </>
      )}
      {assign.isError && <RefusalNotice error={assign.error} />}
      {recall.isError && <RefusalNotice error={recall.error} />}
    </div>
  )
}
