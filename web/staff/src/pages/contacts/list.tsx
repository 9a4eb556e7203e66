import { Instant, useText, type Shape } from '@fenqi/ui'
import { Link } from 'react-router'
import { ChoiceFilter, DaysFilter, TextFilter } from '../../parts/filters'
import { KeyList } from '../../parts/key_list'
import type { Column } from '../../parts/lines'
import { useMe } from '../../parts/me'
import { PageHead } from '../../parts/page_head'
import { ShortId } from '../../parts/short_id'
import { api } from '../../session'
import { contacts as texts } from '../../texts/contacts'

type Line = Shape['LoggedContactShape']

const FILTERS = {
  purpose: ['servicing', 'collection', 'marketing'],
  channel: ['inbox', 'sms', 'voice_notice', 'call'],
  result: ['sent', 'delivered', 'failed', 'connected', 'unanswered'],
} as const

/** Contacts with everybody, newest first: who was told what, how, by whom, and what became of it. */
export function ContactsPage() {
  const text = useText(texts)
  return (
    <>
      <PageHead title={text('title')} />
      <KeyList
        name="contacts"
        label={text('title')}
        queryKey={['contacts']}
        fetchPage={(query) => api.GET('/staff/contacts', { params: { query } })}
        fetchFile={(query) => api.GET('/staff/exports/contacts', { params: { query }, parseAs: 'text' })}
        rows={(data) => data.contacts}
        rowKey={(line) => line.contact_id}
        empty={text('empty')}
        columns={useColumns()}
        tools={<Filters />}
      />
    </>
  )
}

function Filters() {
  const text = useText(texts)
  return (
    <>
      {(['purpose', 'channel', 'result'] as const).map((name) => (
        <ChoiceFilter
          key={name}
          name={name}
          label={text(name === 'result' ? 'results' : name)}
          options={FILTERS[name].map((one) => ({ value: one, label: text(one) }))}
        />
      ))}
      <TextFilter name="begun_by" label={text('by')} />
      <DaysFilter what={text('at')} />
    </>
  )
}

function useColumns(): Column<Line>[] {
  const text = useText(texts)
  const { has } = useMe()
  return [
    { key: 'at', title: text('at'), sort: '-begun_at', show: (line) => <Instant at={line.begun_at} /> },
    { key: 'purpose', title: text('purpose'), show: (line) => text(line.purpose) },
    { key: 'channel', title: text('channel'), show: (line) => text(line.channel) },
    { key: 'text', title: text('text'), show: (line) => line.text },
    {
      key: 'results',
      title: text('results'),
      show: (line) => line.results.map((one) => text(one as 'sent')).join(' · '),
    },
    { key: 'by', title: text('by'), show: (line) => line.begun_by },
    { key: 'template', title: text('template'), isHidden: true, show: (line) => `${line.template} ${line.template_version}` },
    {
      key: 'customer',
      title: text('customer'),
      show: (line) =>
        has('collector', 'compliance') ? (
          <Link to={`/customers/${line.customer_id}`}>
            <ShortId id={line.customer_id} />
          </Link>
        ) : (
          <ShortId id={line.customer_id} />
        ),
    },
    { key: 'loan', title: text('loan'), isHidden: true, show: (line) => line.loan_id && <ShortId id={line.loan_id} /> },
  ]
}
