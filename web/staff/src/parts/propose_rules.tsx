import { RefusalNotice, useText } from '@fenqi/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { rules as texts } from '../texts/rules'
import { Labelled } from './labelled'
import { Section } from './section'

type Proposed = { name: string; remark: string; text: string }
type Words = {
  propose: string
  name?: string
  remark: string
  file: string
  text: string
  proposed: (version: string) => string
}

const NOTHING: Proposed = { name: '', remark: '', text: '' }

/** A new version, typed or read from a file; it does nothing before somebody else let it in. Words may differ; one for a
 * name asks for it. */
export function ProposeRules({
  queryKey,
  send,
  differing,
}: {
  queryKey: string
  differing?: Words
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
  const words: Words = differing ?? {
    propose: text('propose'),
    remark: text('remark'),
    file: text('file'),
    text: text('text'),
    proposed: (version) => text('proposed', { version: version.slice(0, 12) }),
  }
  const isWhole = said.remark.trim() && said.text.trim() && (!words.name || said.name.trim())
  const change = (part: Partial<Proposed>) => say((was) => ({ ...was, ...part }))
  return (
    <Section title={words.propose}>
      <div className="list-tools">
        {words.name && (
          <Labelled label={words.name}>
            {(id) => <Input id={id} value={said.name} onChange={(event) => change({ name: event.target.value })} />}
          </Labelled>
        )}
        <Labelled label={words.remark}>
          {(id) => <Input id={id} value={said.remark} onChange={(event) => change({ remark: event.target.value })} />}
        </Labelled>
        <Labelled label={words.file}>
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
      <Labelled label={words.text}>
        {(id) => (
          <Input.TextArea id={id} rows={8} value={said.text} onChange={(event) => change({ text: event.target.value })} />
        )}
      </Labelled>
      <div className="page-tools">
        <Button
          type="primary"
          disabled={!isWhole}
          loading={propose.isPending}
          onClick={() => propose.mutate()}
        >
          {words.propose}
        </Button>
        <span role="status">{propose.data && words.proposed(propose.data.version)}</span>
      </div>
      {propose.isError && <RefusalNotice error={propose.error} />}
    </Section>
  )
}
