import { ask, Instant, RefusalNotice, useText, type Shape } from '@fenqi/ui'
import { Button } from 'antd'
import { useCallback } from 'react'
import { Section } from '../../parts/section'
import { useShortcut } from '../../parts/shortcut'
import { api } from '../../session'
import { collection as texts } from '../../texts/collection'
import { contacts as contactTexts } from '../../texts/contacts'
import { useInCase } from './asked'
import type { CollectionCase } from './detail'
import { Outcome } from './outcome'

type Option = Shape['ContactOption']

/** Which contacts may begin now, and begins one; what may not says by which rule, and from when. */
export function Begin({ found }: { found: CollectionCase }) {
  const text = useText(texts)
  const path = { case_id: found.case_id }
  const begin = useInCase(found.case_id, (channel: Option['channel'], request_id) =>
    ask(
      api.POST('/staff/collection-cases/{case_id}/contacts', {
        params: { path },
        body: { channel, template: found.template, number: '', request_id },
      }),
    ),
  )
  const { mutate, data, isPending } = begin
  const mayCall = found.options.some((option) => option.channel === 'call' && option.is_allowed)
  useShortcut('C', useCallback(() => mayCall && !isPending && mutate('call'), [mayCall, isPending, mutate]))
  return (
    <Section title={text('contact')}>
      <div className="page-tools">
        {found.options
          .filter((option) => option.is_allowed)
          .map((option) => (
            <Button key={option.channel} loading={isPending} onClick={() => mutate(option.channel)}>
              {text(`begin_${option.channel}`)}
            </Button>
          ))}
      </div>
      <ul>
        {found.options
          .filter((option) => !option.is_allowed)
          .map((option) => (
            <NotNow key={option.channel} option={option} />
          ))}
      </ul>
      {begin.isError && <RefusalNotice error={begin.error} />}
      <p role="status">{data && (data.mobile ? text('dial', { mobile: data.mobile, text: data.text }) : text('sent'))}</p>
      {data?.mobile && <Outcome key={data.contact_id} caseId={found.case_id} contactId={data.contact_id} />}
    </Section>
  )
}

function NotNow({ option }: { option: Option }) {
  const text = useText(texts)
  const contact = useText(contactTexts)
  const { what, allowed, source } = option
  return (
    <li>
      {text('notNow', { channel: contact(option.channel), what, allowed, source: source || option.code })}{' '}
      {text('from')}
      {option.allowed_from ? <Instant at={option.allowed_from} /> : text('never')}
    </li>
  )
}
