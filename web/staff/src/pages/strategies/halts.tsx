import { Instant, useText, type Shape } from '@fenqi/ui'
import { Lines } from '../../parts/lines'
import { strategies as texts } from '../../texts/strategies'

/** Every halt of all deciding, and how it ended. */
export function HaltLines({ halts }: { halts: Shape['HaltLine'][] }) {
  const text = useText(texts)
  return (
    <Lines<Shape['HaltLine']>
      label={text('halts')}
      rows={halts}
      empty={text('noHalts')}
      rowKey={(line) => line.halt_id}
      columns={[
        {
          key: 'by',
          title: text('haltedBy'),
          show: (line) => (
            <>
              {line.halted_by} <Instant at={line.halted_at} />
            </>
          ),
        },
        { key: 'why', title: text('reason'), show: (line) => line.reason },
        {
          key: 'end',
          title: text('ended'),
          show: (line) =>
            line.ended_at ? (
              <>
                {line.asked_by} + {line.approved_by} <Instant at={line.ended_at} />
              </>
            ) : (
              text('goesOn')
            ),
        },
        { key: 'endWhy', title: text('endWhy'), show: (line) => line.end_reason },
      ]}
    />
  )
}
