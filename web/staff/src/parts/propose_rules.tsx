import { RefusalNotice, useText } from '@fenqi/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { rules as texts } from '../texts/rules'
import { Labelled } from './labelled'
import { Section } from './section'

type Proposed = { remark: string; text: string }

const NOTHING: Proposed = { remark: '', text: '' }

/** A new version, typed or read from a file; it does nothing before it was tried and somebody else let it in. */
export function ProposeRules({
  queryKey,
  send,
}: {
  queryKey: string
  send: (said: Proposed) => Promise<{ version: string }>
}) {
  const text = useText(texts)
  const queries = useQueryClient()
  const [said, say] = useState(NOTHING)
  const propose = useMutation({
    mutationFn: () => send(said),
    onSuccess: () => say(NOTHING),
    onSettled: () => queries.invalidateQueries({ queryKey: [queryKey] }),
  })
  const change = (part: Partial<Proposed>) => say((was) => ({ ...was, ...part }))
  return (
    <Section title={text('propose')}>
      <div className="list-tools">
        <Labelled label={text('remark')}>
          {(id) => <Input id={id} value={said.remark} onChange={(event) => change({ remark: event.target.value })} />}
        </Labelled>
        <Labelled label={text('file')}>
          {(id) => (
            <input
              id={id}
              type="file"
              accept=".json,application/json"
              onChange={async (event) => change({ text: (await event.target.files?.[0]?.text()) ?? '' })}
            />
          )}
        </Labelled>
      </div>
      <Labelled label={text('text')}>
        {(id) => (
          <Input.TextArea id={id} rows={8} value={said.text} onChange={(event) => change({ text: event.target.value })} />
        )}
      </Labelled>
      <div className="page-tools">
        <Button
          type="primary"
          disabled={!said.remark.trim() || !said.text.trim()}
          loading={propose.isPending}
          onClick={() => propose.mutate()}
        >
          {text('propose')}
        </Button>
        <span role="status">{propose.data && text('proposed', { version: propose.data.version.slice(0, 12) })}</span>
      </div>
      {propose.isError && <RefusalNotice error={propose.error} />}
    </Section>
  )
}
