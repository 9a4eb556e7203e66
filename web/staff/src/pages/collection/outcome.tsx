import { ask, RefusalNotice, useText } from '@fenqi/ui'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { ChoiceList } from '../../parts/choice'
import { Labelled } from '../../parts/labelled'
import { api } from '../../session'
import { collection as texts } from '../../texts/collection'
import { useInCase } from './asked'

const ANSWERS = ['borrower', 'somebody_else', 'wrong_number', 'nobody'] as const

type Answer = (typeof ANSWERS)[number]

/** What became of a call, told once. */
export function Outcome({ caseId, contactId }: { caseId: string; contactId: string }) {
  const text = useText(texts)
  const [answered, choose] = useState<Answer>('borrower')
  const [remark, say] = useState('')
  const tell = useInCase(caseId, () =>
    ask(
      api.POST('/staff/collection-cases/{case_id}/contacts/{contact_id}/outcome', {
        params: { path: { case_id: caseId, contact_id: contactId } },
        body: { answered, text: remark },
      }),
    ),
  )
  return (
    <div className="list-tools">
      <ChoiceList
        label={text('outcome')}
        value={answered}
        options={ANSWERS.map((one) => ({ value: one, label: text(`answered_${one}`) }))}
        onChange={(value) => choose(value as Answer)}
      />
      <Labelled label={text('remark')}>
        {(id) => <Input id={id} value={remark} onChange={(event) => say(event.target.value)} />}
      </Labelled>
      <Button disabled={tell.isSuccess} loading={tell.isPending} onClick={() => tell.mutate(undefined)}>
        {text('tell')}
      </Button>
      {tell.isError && <RefusalNotice error={tell.error} />}
    </div>
  )
}
