import { ask, Asked, Badge, Day, useLanguage, useText, type Shape } from '@fenqi/ui'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from 'react-router'
import { useMe } from '../../parts/me'
import { PageHead } from '../../parts/page_head'
import { Pairs } from '../../parts/pairs'
import { Section } from '../../parts/section'
import { ShortId } from '../../parts/short_id'
import { api } from '../../session'
import { warnings as texts } from '../../texts/warnings'
import { Calls } from './calls'
import { EffectLines } from './effects'
import { WarningLinks } from './links'

type Step = Shape['WarningStepShape']

/** One warning: its steps with their reasons, made again, and what such steps have brought. */
export function WarningPage() {
  const text = useText(texts)
  const { warning_id = '' } = useParams()
  const query = useQuery({
    queryKey: ['warnings', warning_id],
    queryFn: () => ask(api.GET('/staff/warnings/{warning_id}', { params: { path: { warning_id } } })),
  })
  return (
    <>
      <PageHead title={text('one')}>
        <WarningLinks />
      </PageHead>
      <Asked query={query}>{(warning) => <Whole warning={warning} />}</Asked>
    </>
  )
}

function Whole({ warning }: { warning: Shape['WarningShape'] }) {
  const text = useText(texts)
  const brought = warning.steps.flatMap((step) => (step.brought === null ? [] : [step.brought]))
  return (
    <>
      <Pairs
        pairs={[
          [text('customer'), <Customer id={warning.customer_id} />],
          [text('points'), warning.points],
          [text('highest'), warning.points_max],
          [text('openedOn'), <Day on={warning.opened_on} />],
          [text('lastOn'), <Day on={warning.last_on} />],
          [text('closedOn'), warning.closed_on === null ? text('running') : <Day on={warning.closed_on} />],
          [text('strategy'), <ShortId id={warning.strategy_version} />],
        ]}
      />
      <Calls warning={warning} />
      {warning.steps.map((step) => (
        <OneStep key={step.step_id} step={step} />
      ))}
      {brought.length > 0 && (
        <Section title={text('effects')}>
          <EffectLines effects={brought} />
        </Section>
      )}
    </>
  )
}

function Customer({ id }: { id: string }) {
  const { has } = useMe()
  if (!has('collector', 'compliance')) return <ShortId id={id} />
  return (
    <Link to={`/customers/${id}`}>
      <ShortId id={id} />
    </Link>
  )
}

function OneStep({ step }: { step: Step }) {
  const text = useText(texts)
  const { language } = useLanguage()
  return (
    <Section title={text(`step_${step.action}`)}>
      <Pairs
        pairs={[
          [text('step'), <Badge kind="warning_rung" status={step.action} />],
          [text('arm'), text(step.is_held_out ? 'leftOut' : 'wasDone')],
          [text('cause'), text(`cause_${step.cause}`)],
          [text('takenOn'), <Day on={step.taken_on} />],
          [text('points'), step.points],
          [text('again'), text(again(step))],
        ]}
      />
      <ul aria-label={text('reasons')}>
        {step.reasons.map((reason) => (
          <li key={reason.code}>
            {text('reason', {
              words: language === 'en' ? reason.en : reason.zh,
              value: reason.value,
              points: reason.points,
            })}
          </li>
        ))}
      </ul>
    </Section>
  )
}

function again(step: Step) {
  if (step.is_replayed_alike === null) return 'notShipped' as const
  return step.is_replayed_alike ? ('alike' as const) : ('differs' as const)
}
