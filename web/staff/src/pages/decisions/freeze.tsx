import { Badge, Instant, Money, useText, type Shape } from '@fenqi/ui'
import { useMe } from '../../parts/me'
import { Pairs } from '../../parts/pairs'
import { Section } from '../../parts/section'
import { ShortId } from '../../parts/short_id'
import { screening as texts } from '../../texts/screening'
import { AnswerFreeze } from './answer_freeze'
import { useFrozen } from './frozen'

type Frozen = Shape['FreezePart']

/** Why an order was frozen, who has said that it may go on, and how many have to. */
export function Freeze({ decision_id }: { decision_id: string }) {
  const frozen = useFrozen(decision_id)
  return frozen ? <Whole decision_id={decision_id} frozen={frozen} /> : null
}

function Whole({ decision_id, frozen }: { decision_id: string; frozen: Frozen }) {
  const text = useText(texts)
  const { has } = useMe()
  const isFrozen = frozen.checkout_status === 'frozen'
  return (
    <Section title={text('frozen')}>
      <Pairs
        pairs={[
          [text('status'), <Badge kind="purchase" status={frozen.checkout_status} />],
          [text('amount'), <Money minor={frozen.amount_minor} />],
          [text('frozenAt'), <Instant at={frozen.frozen_at} />],
          [text('frozenBy'), frozen.frozen_by === 'screening' ? text('bySystem') : `${frozen.frozen_by} — ${frozen.why}`],
          [text('around'), <Around frozen={frozen} />],
          [text('people'), frozen.people_needed],
        ]}
      />
      {frozen.people_needed > 1 && isFrozen && <p>{text('fourEyes')}</p>}
      <Answers frozen={frozen} />
      {isFrozen && has('reviewer', 'risk') && <AnswerFreeze decision_id={decision_id} />}
    </Section>
  )
}

function Around({ frozen }: { frozen: Frozen }) {
  const text = useText(texts)
  if (!frozen.pivot_key || !frozen.pivot_value) return '—'
  return (
    <>
      {text(frozen.pivot_key)} <ShortId id={frozen.pivot_value} />
    </>
  )
}

function Answers({ frozen }: { frozen: Frozen }) {
  const text = useText(texts)
  return (
    <ul>
      {frozen.answers.map((one) => (
        <li key={one.login}>
          <Instant at={one.answered_at} />{' '}
          {text('said', { login: one.login, verdict: text(`verdict_${one.verdict}`), reason: one.reason })}
        </li>
      ))}
    </ul>
  )
}
