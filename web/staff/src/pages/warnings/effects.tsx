import { ask, Asked, Badge, useText, type Shape } from '@fenqi/ui'
import { useQuery } from '@tanstack/react-query'
import { Lines, type Column } from '../../parts/lines'
import { Section } from '../../parts/section'
import { api } from '../../session'
import { warnings as texts } from '../../texts/warnings'

type Effect = Shape['WarningEffect']

/** What each step has brought against those who were left out, with its interval. */
export function WarningEffects() {
  const text = useText(texts)
  const query = useQuery({ queryKey: ['warning-effects'], queryFn: () => ask(api.GET('/staff/warning-effects')) })
  return (
    <Section title={text('effects')}>
      <Asked query={query} isEmpty={(told) => told.effects.length === 0} empty={text('noEffects')}>
        {(told) => (
          <>
            <p>{text('failed', { late: told.outcome_days_late, days: told.outcome_days })}</p>
            <EffectLines effects={told.effects} />
          </>
        )}
      </Asked>
    </Section>
  )
}

/** Effects as lines: both arms, and how many fewer of a thousand failed. */
export function EffectLines({ effects }: { effects: Effect[] }) {
  const text = useText(texts)
  const columns: Column<Effect>[] = [
    {
      key: 'action',
      title: text('step'),
      show: (line) => <Badge kind="warning_rung" status={line.action} />,
    },
    { key: 'done', title: text('done'), figure: true, show: (line) => `${line.done_failed} / ${line.done_count}` },
    {
      key: 'held',
      title: text('heldOut'),
      figure: true,
      show: (line) => `${line.held_out_failed} / ${line.held_out_count}`,
    },
    { key: 'fewer', title: text('fewer'), figure: true, show: (line) => line.fewer_failed_permille ?? text('tooFew') },
    {
      key: 'interval',
      title: text('interval'),
      figure: true,
      show: (line) =>
        line.low_permille === null || line.high_permille === null
          ? ''
          : text('fromTo', { low: line.low_permille, high: line.high_permille }),
    },
  ]
  return <Lines<Effect> label={text('effects')} rows={effects} rowKey={(line) => line.action} columns={columns} />
}
