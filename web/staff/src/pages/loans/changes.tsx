import { ask, Asked, Day, useText, type Shape } from '@fenqi/ui'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { Lines } from '../../parts/lines'
import { useMe } from '../../parts/me'
import { Section } from '../../parts/section'
import { api } from '../../session'
import { loanChange } from '../../texts/loan_change'
import { AnswerChange } from './answer_change'

type Change = Shape['ChangeShape']

/** What was proposed for a loan and what became of it; what waits is looked at and answered from here. */
export function Changes({ loan_id }: { loan_id: string }) {
  const text = useText(loanChange)
  const { has } = useMe()
  const [looked, lookAt] = useState<string | null>(null)
  const query = useQuery({
    queryKey: ['loans', loan_id, 'changes'],
    queryFn: () => ask(api.GET('/staff/loans/{loan_id}/changes', { params: { path: { loan_id } } })),
  })
  return (
    <Section title={text('changes')}>
      <Asked query={query}>
        {(data) => (
          <>
            <Lines<Change>
              label={text('changes')}
              rows={data.changes}
              empty={text('noChanges')}
              rowKey={(change) => change.change_id}
              columns={[
                { key: 'kind', title: text('kind'), show: (change) => text(`kind_${change.kind}`) },
                { key: 'on', title: text('on'), show: (change) => <Day on={change.content.on} /> },
                { key: 'reason', title: text('why'), show: (change) => change.reason },
                { key: 'by', title: text('proposedBy'), show: (change) => change.proposed_by },
                { key: 'state', title: text('state'), show: (change) => text(`state_${change.state}`) },
                { key: 'decided', title: text('decidedBy'), show: (change) => change.decided_by },
                { key: 'decided_why', title: text('answer'), show: (change) => change.decided_why },
                {
                  key: 'look',
                  title: text('look'),
                  show: (change) =>
                    change.state === 'proposed' &&
                    has('finance') && <Button onClick={() => lookAt(change.change_id)}>{text('look')}</Button>,
                },
              ]}
            />
            {data.changes
              .filter((change) => change.change_id === looked && change.state === 'proposed')
              .map((change) => (
                <AnswerChange key={change.change_id} change={change} />
              ))}
          </>
        )}
      </Asked>
    </Section>
  )
}
