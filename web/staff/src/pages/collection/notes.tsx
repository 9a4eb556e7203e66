import { ask, RefusalNotice, useText } from '@fenqi/ui'
import { Button, Input } from 'antd'
import { useCallback, useState } from 'react'
import { Labelled } from '../../parts/labelled'
import { Section } from '../../parts/section'
import { useShortcut } from '../../parts/shortcut'
import { api } from '../../session'
import { collection as texts } from '../../texts/collection'
import { useInCase } from './asked'
import type { CollectionCase } from './detail'

/** Something is written down in a case, or the case is given back. */
export function Notes({ found }: { found: CollectionCase }) {
  const text = useText(texts)
  const [note, say] = useState('')
  const params = { path: { case_id: found.case_id } }
  const write = useInCase(
    found.case_id,
    () => ask(api.POST('/staff/collection-cases/{case_id}/notes', { params, body: { text: note } })),
    () => say(''),
  )
  const release = useInCase(found.case_id, () => ask(api.POST('/staff/collection-cases/{case_id}/release', { params })))
  const { mutate } = write
  const isReady = note.trim().length > 1
  useShortcut('W', useCallback(() => isReady && mutate(undefined), [isReady, mutate]))
  return (
    <Section title={text('note')}>
      <Labelled label={text('note')}>
        {(id) => <Input.TextArea id={id} rows={2} value={note} onChange={(event) => say(event.target.value)} />}
      </Labelled>
      <div className="page-tools">
        <Button disabled={!isReady} loading={write.isPending} onClick={() => mutate(undefined)}>
          {text('write')}
        </Button>
        <Button loading={release.isPending} onClick={() => release.mutate(undefined)}>
          {text('release')}
        </Button>
      </div>
      {write.isError && <RefusalNotice error={write.error} />}
      {release.isError && <RefusalNotice error={release.error} />}
    </Section>
  )
}
