import { ask, Day, RefusalNotice, useText, type Shape } from '@fenqi/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { Lines } from '../../parts/lines'
import { api } from '../../session'
import { rules as ruleTexts } from '../../texts/rules'
import { warningRules as texts } from '../../texts/warning_rules'
import { warnings } from '../../texts/warnings'

type Rules = Shape['WarningRulesLine']
type Trial = Shape['WarningTrialShape']
type Result = Shape['WarningTrialResult']
type Side = Shape['WarningTrialSide']
type Row = { rung: Side['lines'][number]['rung']; proposed?: Side['lines'][number]; present?: Side['lines'][number] }

const PARTS = 256
const RUNGS = ['all', 'reminder', 'offer', 'freeze_limit', 'call', 'person'] as const

/** Whom a strategy would have warned over all that was seen, beside the one that judged; to be tried again. */
export function WarningTrial({ rules, mayTry }: { rules: Rules; mayTry: boolean }) {
  const text = useText(texts)
  const common = useText(ruleTexts)
  const queries = useQueryClient()
  const { version, trial } = rules
  const attempt = useMutation({
    mutationFn: () => ask(api.POST('/staff/warning-rules/{version}/trials', { params: { path: { version } } })),
    onSettled: () => queries.invalidateQueries({ queryKey: ['warning-rules'] }),
  })
  return (
    <>
      <h3>{text('trial')}</h3>
      {trial ? <Progress trial={trial} /> : rules.is_approved === null && <p>{common('untried')}</p>}
      {trial?.result && <Figures result={trial.result} label={`${text('trial')} ${version.slice(0, 12)}`} />}
      {mayTry && (
        <Button loading={attempt.isPending} onClick={() => attempt.mutate()}>
          {common('try')}
        </Button>
      )}
      {attempt.isError && <RefusalNotice error={attempt.error} />}
    </>
  )
}

function Progress({ trial }: { trial: Trial }) {
  const text = useText(texts)
  if (trial.state === 'failed') return <p role="alert">{text('failed', { fault: trial.fault })}</p>
  if (trial.state !== 'done') {
    return (
      <p role="status">
        <progress aria-label={text('progress')} value={trial.lane_count} max={PARTS} />{' '}
        {text(trial.state, { customers: trial.customer_count })}
      </p>
    )
  }
  return (
    <p>
      {text('until')} <Day on={trial.until_on} /> {trial.asked_by}
    </p>
  )
}

function Figures({ result, label }: { result: Result; label: string }) {
  const text = useText(texts)
  const steps = useText(warnings)
  const sides = [result.proposed, result.present] as const
  const rows: Row[] = RUNGS.map((rung) => {
    const [proposed, present] = sides.map((side) => side?.lines.find((line) => line.rung === rung))
    return { rung, ...(proposed && { proposed }), ...(present && { present }) }
  }).filter((row) => row.proposed ?? row.present)
  const both = (row: Row, show: (line: Side['lines'][number]) => string | number) =>
    [row.proposed, row.present].map((line) => (line ? show(line) : '–')).join(' / ')
  return (
    <>
      <p>
        {text('seen', { signs: result.sign_count, customers: result.customer_count })}{' '}
        {result.from_on && (
          <>
            {text('since')} <Day on={result.from_on} />.
          </>
        )}{' '}
        {text('came', { late: result.outcome_days_late, days: result.outcome_days })}
      </p>
      {result.unseen.length > 0 && <p className="notice">{text('unseen', { signs: result.unseen.join(', ') })}</p>}
      <p>
        {text('foretold')}{' '}
        {sides.map((side) => (side ? `${side.foretold_count} : ${side.behind_count}` : '–')).join(' / ')}
      </p>
      <Lines<Row>
        label={label}
        rows={rows}
        empty={text('nobody')}
        rowKey={(row) => row.rung}
        columns={[
          {
            key: 'rung',
            title: text('rung'),
            show: (row) => (row.rung === 'all' ? text('all') : steps(`step_${row.rung}`)),
          },
          { key: 'count', title: text('count'), figure: true, show: (row) => both(row, (line) => line.count) },
          { key: 'judged', title: text('judged'), figure: true, show: (row) => both(row, (line) => line.judged_count) },
          { key: 'true', title: text('true'), figure: true, show: (row) => both(row, (line) => line.true_count) },
          {
            key: 'precision',
            title: text('precision'),
            figure: true,
            show: (row) => both(row, (line) => line.precision_permille ?? '–'),
          },
          { key: 'lead', title: text('lead'), figure: true, show: (row) => both(row, (line) => line.lead_days ?? '–') },
        ]}
      />
    </>
  )
}
