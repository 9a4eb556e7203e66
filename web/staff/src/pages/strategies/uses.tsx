import { Instant, Permille, useText, type Shape } from '@fenqi/ui'
import { Lines } from '../../parts/lines'
import { useMe } from '../../parts/me'
import { strategies as texts } from '../../texts/strategies'
import { AnswerUse } from './answer_use'
import { VersionLink } from './version_link'

type Use = Shape['StrategyUseLine']

/** What versions were proposed to be used for, and what the second person said or has to say. */
export function UseLines({ uses }: { uses: Use[] }) {
  const text = useText(texts)
  const { has } = useMe()
  return (
    <Lines<Use>
      label={text('uses')}
      rows={uses}
      empty={text('noUses')}
      rowKey={(line) => line.use_id}
      columns={[
        { key: 'version', title: text('version'), show: (line) => <VersionLink version={line.version} /> },
        { key: 'role', title: text('role'), show: (line) => text(line.role) },
        {
          key: 'share',
          title: text('share'),
          figure: true,
          show: (line) => line.role === 'challenger' && <Permille thousandths={line.share_permille} />,
        },
        { key: 'from', title: text('from'), show: (line) => <Instant at={line.from_at} /> },
        { key: 'why', title: text('reason'), show: (line) => line.reason },
        { key: 'by', title: text('proposedBy'), show: (line) => line.proposed_by },
        {
          key: 'answer',
          title: text('answer'),
          show: (line) =>
            line.is_approved === null ? has('risk') ? <AnswerUse use={line} /> : text('waits') : <Answered use={line} />,
        },
      ]}
    />
  )
}

function Answered({ use }: { use: Use }) {
  const text = useText(texts)
  return (
    <>
      {text(use.is_approved ? 'approved' : 'rejected')} · {use.answered_by} · {use.answer_reason}
    </>
  )
}
