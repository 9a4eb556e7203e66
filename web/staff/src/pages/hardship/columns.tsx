import { Badge, Day, Instant, useText, type Shape } from '@fenqi/ui'
import { Link } from 'react-router'
import type { Column } from '../../parts/lines'
import { ShortId } from '../../parts/short_id'
import { hardship as texts } from '../../texts/hardship'

export type HardshipLine = Shape['HardshipLineShape']

/** The columns that every list of requests has; what is due first matters only while it waits. */
export function useHardshipColumns(due: Pick<Column<HardshipLine>, 'sort'> = {}): Column<HardshipLine>[] {
  const text = useText(texts)
  return [
    {
      key: 'request',
      title: text('one'),
      show: (line) => (
        <Link to={`/hardship/${line.request_id}`}>
          <ShortId id={line.request_id} />
        </Link>
      ),
    },
    { key: 'state', title: text('state'), show: (line) => <Badge kind="hardship" status={line.state} /> },
    { key: 'cause', title: text('cause'), show: (line) => text(line.cause) },
    { key: 'asked', title: text('askedAt'), sort: '-asked_at', show: (line) => <Instant at={line.asked_at} /> },
    {
      key: 'due',
      title: text('answerDue'),
      ...due,
      show: (line) => (
        <>
          <Day on={line.answer_due_on} /> {line.is_late && <strong>{text('late')}</strong>}
        </>
      ),
    },
    { key: 'level', title: text('level'), show: (line) => <Badge kind="hardship_level" status={line.level} /> },
    { key: 'customer', title: text('customer'), isHidden: true, show: (line) => <ShortId id={line.customer_id} /> },
  ]
}
