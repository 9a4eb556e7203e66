import { ask, Instant, useText, type Shape } from '@fenqi/ui'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useAddress } from '../../parts/address'
import { KeyList } from '../../parts/key_list'
import { PageHead } from '../../parts/page_head'
import { api } from '../../session'
import { books as texts } from '../../texts/books'

type Line = Shape['AuditLine']

/** Who did and saw what, newest first. */
export function AuditPage() {
  const text = useText(texts)
  const address = useAddress()
  const query = useQuery({
    queryKey: ['audit', address.query],
    queryFn: () => ask(api.GET('/staff/audit', { params: { query: address.query } })),
    placeholderData: keepPreviousData,
  })
  return (
    <>
      <PageHead title={text('audit')} />
      <KeyList
        name="audit"
        label={text('audit')}
        query={query}
        rows={(data) => data.audit}
        next={(data) => data.next}
        rowKey={(line: Line) => line.audit_id}
        empty={text('none')}
        columns={[
          { key: 'at', title: text('at'), show: (line) => <Instant at={line.recorded_at} /> },
          { key: 'actor', title: text('actor'), show: (line) => line.actor },
          { key: 'action', title: text('action'), show: (line) => <code>{line.action}</code> },
          { key: 'subject', title: text('about'), show: (line) => <code>{line.subject}</code> },
          { key: 'detail', title: text('detail'), show: (line) => Object.values(line.detail).join(' · ') },
        ]}
      />
    </>
  )
}
