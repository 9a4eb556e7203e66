import { ask, Asked, Day, Instant, useText, type Shape } from '@fenqi/ui'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { Lines } from '../../parts/lines'
import { useMe } from '../../parts/me'
import { Pairs } from '../../parts/pairs'
import { Section } from '../../parts/section'
import { ShortId } from '../../parts/short_id'
import { api } from '../../session'
import { loanEvent } from '../../texts/loan_event'
import { loans as texts } from '../../texts/loans'

/** Order, borrower and decision of a loan, and its events as they arrived. */
export function LoanFile({ loan_id }: { loan_id: string }) {
  const query = useQuery({
    queryKey: ['loans', loan_id, 'file'],
    queryFn: () => ask(api.GET('/staff/loans/{loan_id}/file', { params: { path: { loan_id } } })),
  })
  return <Asked query={query}>{(file) => <File file={file} />}</Asked>
}

function File({ file }: { file: Shape['LoanFileShape'] }) {
  const text = useText(texts)
  const eventText = useText(loanEvent)
  const { has } = useMe()
  const seesPeople = has('reviewer', 'collector', 'compliance')
  const seesDecisions = has('reviewer', 'risk', 'compliance') && file.decision_id !== null
  return (
    <>
      <Pairs
        pairs={[
          [text('order'), file.order_number],
          [text('borrower'), seesPeople ? <Link to={`/customers/${file.customer_id}`}>{file.mobile_masked}</Link> : file.mobile_masked],
          [
            text('decision'),
            seesDecisions ? (
              <Link to={`/decisions/${file.decision_id}`}>
                <ShortId id={file.decision_id ?? ''} />
              </Link>
            ) : (
              <ShortId id={file.decision_id ?? ''} />
            ),
          ],
        ]}
      />
      <Section title={text('events')}>
        <Lines
          label={text('events')}
          rows={file.events}
          rowKey={(event) => String(event.seq)}
          columns={[
            { key: 'seq', title: text('seq'), figure: true, show: (event) => event.seq },
            { key: 'kind', title: text('kind'), show: (event) => eventText(event.kind) },
            { key: 'on', title: text('on'), show: (event) => <Day on={event.happened_on} /> },
            { key: 'recorded', title: text('recordedAt'), show: (event) => <Instant at={event.recorded_at} /> },
          ]}
        />
      </Section>
    </>
  )
}
