import { Badge, Instant, Money, useText, type Shape } from '@fenqi/ui'
import { Link } from 'react-router'
import type { Column } from '../../parts/lines'
import { ShortId } from '../../parts/short_id'
import { cases as texts } from '../../texts/cases'

export type CaseLine = Shape['CaseLine']

/** The columns that every list of cases has; what is due first matters only while it is open. */
export function useCaseColumns(due: Pick<Column<CaseLine>, 'sort'> = {}): Column<CaseLine>[] {
  const text = useText(texts)
  return [
    {
      key: 'case',
      title: text('one'),
      show: (line) => (
        <Link to={`/cases/${line.case_id}`}>
          <ShortId id={line.case_id} />
        </Link>
      ),
    },
    { key: 'kind', title: text('kind'), show: (line) => <Badge kind="case_kind" status={line.kind} /> },
    { key: 'level', title: text('level'), show: (line) => <Badge kind="case_level" status={line.level} /> },
    {
      key: 'stake',
      title: text('stake'),
      figure: true,
      sort: '-expected_loss_minor',
      show: (line) => <Money minor={line.expected_loss_minor} />,
    },
    { key: 'opened', title: text('openedAt'), sort: 'opened_at', show: (line) => <Instant at={line.opened_at} /> },
    {
      key: 'due',
      title: text('dueAt'),
      ...due,
      show: (line) => (
        <>
          <Instant at={line.due_at} /> {line.is_late && <strong>{text('late')}</strong>}
        </>
      ),
    },
    { key: 'customer', title: text('customer'), isHidden: true, show: (line) => <ShortId id={line.customer_id} /> },
  ]
}
