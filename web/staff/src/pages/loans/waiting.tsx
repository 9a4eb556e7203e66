import { ask, Asked, Instant, useText, type Shape } from '@fenqi/ui'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { Lines } from '../../parts/lines'
import { PageHead } from '../../parts/page_head'
import { ShortId } from '../../parts/short_id'
import { api } from '../../session'
import { loanChange } from '../../texts/loan_change'

/** Changes of loans that wait for a second person, the oldest first. */
export function WaitingChangesPage() {
  const text = useText(loanChange)
  const query = useQuery({ queryKey: ['loan-changes'], queryFn: () => ask(api.GET('/staff/loan-changes')) })
  return (
    <>
      <PageHead title={text('waiting')} />
      <Asked query={query}>
        {(data) => (
          <Lines<Shape['ChangeShape']>
            label={text('waiting')}
            rows={data.changes}
            empty={text('noneWaiting')}
            rowKey={(change) => change.change_id}
            columns={[
              {
                key: 'loan',
                title: text('loan'),
                show: (change) => (
                  <Link to={`/loans/${change.loan_id}`}>
                    <ShortId id={change.loan_id} />
                  </Link>
                ),
              },
              { key: 'kind', title: text('kind'), show: (change) => text(`kind_${change.kind}`) },
              { key: 'reason', title: text('why'), show: (change) => change.reason },
              { key: 'by', title: text('proposedBy'), show: (change) => change.proposed_by },
              { key: 'at', title: text('recordedAt'), show: (change) => <Instant at={change.proposed_at} /> },
            ]}
          />
        )}
      </Asked>
    </>
  )
}
