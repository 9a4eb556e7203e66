import { ask, Day, Money, money, RefusalNotice, useLanguage, useText, type Shape } from '@fenqi/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { Lines } from '../../parts/lines'
import { api } from '../../session'
import { limits as texts } from '../../texts/limits'
import { rules as ruleTexts } from '../../texts/rules'

type Segment = Shape['LimitTrialLine']
type Named = 'segment_arrears' | 'segment_line' | 'segment_payments'

const CURRENCY = 'CNY'

/** What rules would change of every line, by segment, as it was tried last; to be tried again. */
export function Trial({ rules, mayTry }: { rules: Shape['LimitRulesLine']; mayTry: boolean }) {
  const text = useText(texts)
  const common = useText(ruleTexts)
  const queries = useQueryClient()
  const { version } = rules
  const attempt = useMutation({
    mutationFn: () => ask(api.POST('/staff/limit-rules/{version}/trials', { params: { path: { version } } })),
    onSettled: () => queries.invalidateQueries({ queryKey: ['limit-rules'] }),
  })
  return (
    <>
      <h3>{text('trial')}</h3>
      {rules.tried_on ? (
        <>
          <p>
            {text('triedOn')} <Day on={rules.tried_on} /> {rules.tried_by}
          </p>
          <Segments found={rules.found} label={`${text('trial')} ${version.slice(0, 12)}`} />
        </>
      ) : (
        rules.is_approved === null && <p>{common('untried')}</p>
      )}
      {mayTry && (
        <Button loading={attempt.isPending} onClick={() => attempt.mutate()}>
          {common('try')}
        </Button>
      )}
      {attempt.isError && <RefusalNotice error={attempt.error} />}
    </>
  )
}

function Segments({ found, label }: { found: Segment[]; label: string }) {
  const text = useText(texts)
  const { language } = useLanguage()
  const called = (segment: string) => {
    const [name = '', from = ''] = segment.split(':')
    if (name === 'all') return text('segment_all')
    return text(`segment_${name}` as Named, { from: name === 'line' ? money(Number(from), language) : from })
  }
  return (
    <Lines<Segment>
      label={label}
      rows={found}
      empty={text('empty')}
      rowKey={(line) => line.segment}
      columns={[
        { key: 'segment', title: text('segment'), show: (line) => called(line.segment) },
        { key: 'count', title: text('lineCount'), figure: true, show: (line) => line.line_count },
        { key: 'raised', title: text('raised'), figure: true, show: (line) => line.raised_count },
        { key: 'lowered', title: text('lowered'), figure: true, show: (line) => line.lowered_count },
        { key: 'suspended', title: text('suspended'), figure: true, show: (line) => line.suspended_count },
        { key: 'resumed', title: text('resumed'), figure: true, show: (line) => line.resumed_count },
        {
          key: 'before',
          title: text('sumBefore'),
          figure: true,
          show: (line) => <Money minor={line.before_minor} currency={CURRENCY} />,
        },
        {
          key: 'after',
          title: text('sumAfter'),
          figure: true,
          show: (line) => <Money minor={line.after_minor} currency={CURRENCY} />,
        },
      ]}
    />
  )
}
