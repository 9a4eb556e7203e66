import { Instant, useText, type Shape } from '@fenqi/ui'
import { Link } from 'react-router'
import { ChoiceFilter } from '../../parts/filters'
import { KeyList } from '../../parts/key_list'
import type { Column } from '../../parts/lines'
import { useMe } from '../../parts/me'
import { PageHead } from '../../parts/page_head'
import { ShortId } from '../../parts/short_id'
import { api } from '../../session'
import { creditReports as texts } from '../../texts/credit_reports'
import { CreditLinks } from './links'
import { SendAnew } from './send_anew'

type Line = Shape['CreditFileLine']

const STATES: Line['state'][] = ['made', 'sent', 'rejected']

/** The files for the bureau, and whether it has them. */
export function CreditFilesPage() {
  const text = useText(texts)
  const { has } = useMe()
  const columns: Column<Line>[] = [
    {
      key: 'file',
      title: text('file'),
      show: (line) => (
        <Link to={`/credit-records?file_id=${line.file_id}`}>
          <ShortId id={line.file_id} />
        </Link>
      ),
    },
    { key: 'made', title: text('made'), sort: '-made_at', show: (line) => <Instant at={line.made_at} /> },
    { key: 'records', title: text('records'), figure: true, show: (line) => line.record_count },
    { key: 'bureau', title: text('bureau'), show: (line) => line.bureau },
    { key: 'state', title: text('answered'), show: (line) => text(`file_${line.state}`) },
    { key: 'why', title: text('rejectedWhy'), show: (line) => line.rejected_why },
    {
      key: 'anew',
      title: text('sendAnew'),
      show: (line) => line.state === 'rejected' && has('risk') && <SendAnew fileId={line.file_id} />,
    },
    { key: 'sent', title: text('sent'), show: (line) => line.sent_at && <Instant at={line.sent_at} /> },
    { key: 'reference', title: text('reference'), isHidden: true, show: (line) => line.reference },
    { key: 'hash', title: text('hash'), isHidden: true, show: (line) => <code>{line.content_hash.slice(0, 16)}</code> },
  ]
  return (
    <>
      <PageHead title={text('filesTitle')}>
        <CreditLinks />
      </PageHead>
      <KeyList
        name="credit-files"
        label={text('filesTitle')}
        queryKey={['credit', 'files']}
        fetchPage={(query) => api.GET('/staff/credit-files', { params: { query } })}
        fetchFile={(query) => api.GET('/staff/exports/credit-files', { params: { query }, parseAs: 'text' })}
        rows={(data) => data.files}
        columns={columns}
        rowKey={(line) => line.file_id}
        empty={text('noFiles')}
        tools={
          <ChoiceFilter
            name="state"
            label={text('answered')}
            options={STATES.map((one) => ({ value: one, label: text(`file_${one}`) }))}
          />
        }
      />
    </>
  )
}
