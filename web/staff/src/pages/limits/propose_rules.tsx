import { ask, RefusalNotice, useText } from '@fenqi/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { Labelled } from '../../parts/labelled'
import { Section } from '../../parts/section'
import { api } from '../../session'
import { limits as texts } from '../../texts/limits'

const NOTHING = { remark: '', text: '' }

/** A new version; it moves nothing before it was tried and somebody else let it in. */
export function ProposeRules() {
  const text = useText(texts)
  const queries = useQueryClient()
  const [said, say] = useState(NOTHING)
  const propose = useMutation({
    mutationFn: () => ask(api.POST('/staff/limit-rules', { body: said })),
    onSuccess: () => say(NOTHING),
    onSettled: () => queries.invalidateQueries({ queryKey: ['limit-rules'] }),
  })
  return (
    <Section title={text('propose')}>
      <Labelled label={text('remark')}>
        {(id) => <Input id={id} value={said.remark} onChange={(event) => say({ ...said, remark: event.target.value })} />}
      </Labelled>
      <Labelled label={text('text')}>
        {(id) => (
          <Input.TextArea
            id={id}
            rows={8}
            value={said.text}
            onChange={(event) => say({ ...said, text: event.target.value })}
          />
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
