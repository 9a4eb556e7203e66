import { ask, RefusalNotice, useText } from '@fenqi/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { Labelled } from '../../parts/labelled'
import { Section } from '../../parts/section'
import { api } from '../../session'
import { strategies as texts } from '../../texts/strategies'

const NOTHING = { name: '', remark: '', text: '' }

/** A new version as the graph editor saved it; it decides nothing before it is proved and its use is approved. */
export function ProposeStrategy() {
  const text = useText(texts)
  const queries = useQueryClient()
  const [said, say] = useState(NOTHING)
  const propose = useMutation({
    mutationFn: () => ask(api.POST('/staff/strategies', { body: said })),
    onSuccess: () => say(NOTHING),
    onSettled: () => queries.invalidateQueries({ queryKey: ['strategies'] }),
  })
  const change = (part: Partial<typeof NOTHING>) => say((was) => ({ ...was, ...part }))
  return (
    <Section title={text('propose')}>
      <div className="list-tools">
        <Labelled label={text('nameTold')}>
          {(id) => <Input id={id} value={said.name} onChange={(event) => change({ name: event.target.value })} />}
        </Labelled>
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
      <Labelled label={text('fileText')}>
        {(id) => (
          <Input.TextArea id={id} rows={4} value={said.text} onChange={(event) => change({ text: event.target.value })} />
        )}
      </Labelled>
      <div className="page-tools">
        <Button
          type="primary"
          disabled={Object.values(said).some((value) => !value.trim())}
          loading={propose.isPending}
          onClick={() => propose.mutate()}
        >
          {text('propose')}
        </Button>
        <span role="status">{propose.data && text('proposed', { version: propose.data.version })}</span>
      </div>
      {propose.isError && <RefusalNotice error={propose.error} />}
    </Section>
  )
}
