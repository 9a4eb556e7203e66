import { ask, RefusalNotice, useLanguage, useText, type Shape } from '@fenqi/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import { ChoiceList } from '../../parts/choice'
import { Labelled } from '../../parts/labelled'
import { Section } from '../../parts/section'
import { api } from '../../session'
import { snoozes as texts } from '../../texts/snoozes'

type Key = Shape['SnoozeLine']['pivot_key']

const KEYS: Key[] = ['device', 'address', 'card', 'contact', 'customer', 'ip', 'merchant']
const TEXT_LENGTH_MIN = 5

/** Puts a rule to sleep; the page that led here names key and value in the address. */
export function MakeSnooze({ rules }: { rules: Shape['SnoozableRule'][] }) {
  const text = useText(texts)
  const { language } = useLanguage()
  const queries = useQueryClient()
  const [given] = useSearchParams()
  const [said, say] = useState({
    rule_code: given.get('rule') ?? '',
    pivot_key: (given.get('key') ?? 'device') as Key,
    pivot_value: given.get('value') ?? '',
    days: '7',
    reason: '',
  })
  const make = useMutation({
    mutationFn: () => ask(api.POST('/staff/snoozes', { body: { ...said, days: Number(said.days), reason: said.reason.trim() } })),
    onSuccess: () => say((was) => ({ ...was, reason: '' })),
    onSettled: () => queries.invalidateQueries({ queryKey: ['snoozes'] }),
  })
  const change = (part: Partial<typeof said>) => say((was) => ({ ...was, ...part }))
  const isMute = said.reason.trim().length < TEXT_LENGTH_MIN || !said.rule_code || !said.pivot_value
  const field = (name: 'pivot_value' | 'days' | 'reason', label: string, type = 'text') => (
    <Labelled label={label}>
      {(id) => <Input id={id} type={type} value={said[name]} onChange={(event) => change({ [name]: event.target.value })} />}
    </Labelled>
  )
  return (
    <Section title={text('make')}>
      <div className="list-tools">
        <ChoiceList
          label={text('rule')}
          none={text('chooseRule')}
          value={said.rule_code}
          options={rules.map((rule) => ({
            value: rule.rule_code,
            label: `${language === 'en' ? rule.en : rule.zh} (${rule.rule_code})`,
          }))}
          onChange={(rule_code) => change({ rule_code })}
        />
        <ChoiceList
          label={text('key')}
          value={said.pivot_key}
          options={KEYS.map((key) => ({ value: key, label: text(key) }))}
          onChange={(key) => change({ pivot_key: key as Key })}
        />
        {field('pivot_value', text('valueTold'))}
        {field('days', text('days'), 'number')}
        {field('reason', text('reason'))}
        <Button type="primary" disabled={isMute} loading={make.isPending} onClick={() => make.mutate()}>
          {text('make')}
        </Button>
        <span role="status">{make.data && text('made')}</span>
      </div>
      {make.isError && <RefusalNotice error={make.error} />}
    </Section>
  )
}
