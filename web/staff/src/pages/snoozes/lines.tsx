import { Instant, useLanguage, useText, type Shape } from '@fenqi/ui'
import { Lines } from '../../parts/lines'
import { useMe } from '../../parts/me'
import { ShortId } from '../../parts/short_id'
import { snoozes as texts } from '../../texts/snoozes'
import { WakeRule } from './wake'

type Line = Shape['SnoozeLine']

/** Each rule with its key, its time and its end. */
export function SnoozeLines({ found }: { found: Shape['SnoozeListShape'] }) {
  const text = useText(texts)
  const { language } = useLanguage()
  const { has } = useMe()
  const told = new Map(found.rules.map((rule) => [rule.rule_code, language === 'en' ? rule.en : rule.zh]))
  return (
    <Lines<Line>
      label={text('list')}
      rows={found.snoozes}
      empty={text('none')}
      rowKey={(line) => line.rule_snooze_id}
      columns={[
        {
          key: 'rule',
          title: text('rule'),
          show: (line) => (
            <>
              {told.get(line.rule_code)} <code>{line.rule_code}</code>
            </>
          ),
        },
        {
          key: 'value',
          title: text('value'),
          show: (line) => (
            <>
              {text(line.pivot_key)} <ShortId id={line.pivot_value} />
            </>
          ),
        },
        {
          key: 'state',
          title: text('state'),
          show: (line) => text(line.is_asleep ? 'asleep' : line.ended_at ? 'woken' : 'over'),
        },
        { key: 'since', title: text('since'), show: (line) => <Instant at={line.recorded_at} /> },
        { key: 'until', title: text('until'), show: (line) => <Instant at={line.until} /> },
        { key: 'by', title: text('by'), show: (line) => line.login },
        { key: 'reason', title: text('reason'), show: (line) => line.reason },
        {
          key: 'end',
          title: text('end'),
          show: (line) =>
            line.ended_at ? (
              <>
                {line.ended_by} <Instant at={line.ended_at} /> {line.end_reason}
              </>
            ) : (
              line.is_asleep && has('risk') && <WakeRule line={line} />
            ),
        },
      ]}
    />
  )
}
