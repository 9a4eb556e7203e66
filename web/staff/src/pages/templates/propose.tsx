import { ask, RefusalNotice, useText, type Shape } from '@fenqi/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { ChoiceList } from '../../parts/choice'
import { Labelled } from '../../parts/labelled'
import { Section } from '../../parts/section'
import { api } from '../../session'
import { contacts as texts } from '../../texts/contacts'

type Purpose = Shape['ContactPurpose']

const PURPOSES: Purpose[] = ['servicing', 'collection', 'marketing']
const NOTHING = { name: '', zh: '', en: '' }

/** A new version of a text, in both languages; nobody is sent it before somebody else approves it. */
export function ProposeText({ fields }: { fields: string[] }) {
  const text = useText(texts)
  const queries = useQueryClient()
  const [said, say] = useState(NOTHING)
  const [purpose, choose] = useState<Purpose>('servicing')
  const propose = useMutation({
    mutationFn: () => ask(api.POST('/staff/templates', { body: { ...said, purpose } })),
    onSuccess: () => say(NOTHING),
    onSettled: () => queries.invalidateQueries({ queryKey: ['templates'] }),
  })
  const body = (name: 'zh' | 'en') => (
    <Labelled label={text(name)}>
      {(id) => (
        <Input.TextArea id={id} rows={3} value={said[name]} onChange={(event) => say({ ...said, [name]: event.target.value })} />
      )}
    </Labelled>
  )
  return (
    <Section title={text('propose')}>
      <p>{text('fields', { fields: fields.map((field) => `{${field}}`).join(' ') })}</p>
      <div className="list-tools">
        <Labelled label={text('name')}>
          {(id) => <Input id={id} value={said.name} onChange={(event) => say({ ...said, name: event.target.value })} />}
        </Labelled>
        <ChoiceList
          label={text('purpose')}
          value={purpose}
          options={PURPOSES.map((one) => ({ value: one, label: text(one) }))}
          onChange={(value) => choose(value as Purpose)}
        />
      </div>
      {body('zh')}
      {body('en')}
      <div className="page-tools">
        <Button
          type="primary"
          disabled={!said.name || !said.zh || !said.en}
          loading={propose.isPending}
          onClick={() => propose.mutate()}
        >
          {text('propose')}
        </Button>
        <span role="status">
          {propose.data && text('proposed', { name: propose.data.name, version: propose.data.version })}
        </span>
      </div>
      {propose.isError && <RefusalNotice error={propose.error} />}
    </Section>
  )
}
