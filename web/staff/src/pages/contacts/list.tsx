import { ask, Instant, useText, type Shape } from '@fenqi/ui'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Input } from 'antd'
import { Link } from 'react-router'
import { useAddress } from '../../parts/address'
import { ChoiceList } from '../../parts/choice'
import { ExportButton } from '../../parts/export_button'
import { KeyList } from '../../parts/key_list'
import { Labelled } from '../../parts/labelled'
import type { Column } from '../../parts/lines'
import { useMe } from '../../parts/me'
import { PageHead } from '../../parts/page_head'
import { ShortId } from '../../parts/short_id'
import { api } from '../../session'
import { contacts as texts } from '../../texts/contacts'

type Line = Shape['LoggedContactShape']
type Asked = { purpose?: Line['purpose']; channel?: Line['channel'] }

const FILTERS = {
  purpose: ['servicing', 'collection', 'marketing'],
  channel: ['inbox', 'sms', 'voice_notice', 'call'],
  result: ['sent', 'delivered', 'failed', 'connected', 'unanswered'],
} as const

/** Contacts with everybody, newest first: who was told what, how, by whom, and what became of it. */
export function ContactsPage() {
  const text = useText(texts)
  const address = useAddress()
  const columns = useColumns()
  const query = useQuery({
    queryKey: ['contacts', address.query],
    queryFn: () => ask(api.GET('/staff/contacts', { params: { query: address.query as Asked } })),
    placeholderData: keepPreviousData,
  })
  return (
    <>
      <PageHead title={text('title')}>
        <ExportButton
          name="contacts.csv"
          fetchText={() => api.GET('/staff/exports/contacts', { params: { query: address.filters as Asked }, parseAs: 'text' })}
        />
      </PageHead>
      <KeyList
        name="contacts"
        label={text('title')}
        query={query}
        rows={(data) => data.contacts}
        next={(data) => data.next}
        rowKey={(line: Line) => line.contact_id}
        empty={text('empty')}
        columns={columns}
        tools={<Filters />}
      />
    </>
  )
}

function Filters() {
  const text = useText(texts)
  const address = useAddress()
  return (
    <>
      {(['purpose', 'channel', 'result'] as const).map((name) => (
        <ChoiceList
          key={name}
          label={text(name === 'result' ? 'results' : name)}
          none={text('any')}
          value={address.value(name)}
          options={FILTERS[name].map((one) => ({ value: one, label: text(one) }))}
          onChange={(value) => address.filter({ [name]: value })}
        />
      ))}
      {(['from', 'until'] as const).map((end) => (
        <Labelled key={end} label={text(end)}>
          {(id) => (
            <Input
              id={id}
              type="date"
              value={address.value(`${end}_on`)}
              onChange={(event) => address.filter({ [`${end}_on`]: event.target.value })}
            />
          )}
        </Labelled>
      ))}
    </>
  )
}

function useColumns(): Column<Line>[] {
  const text = useText(texts)
  const { has } = useMe()
  return [
    { key: 'at', title: text('at'), show: (line) => <Instant at={line.begun_at} /> },
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
