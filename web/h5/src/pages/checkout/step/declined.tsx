import { ask, Asked, useLanguage, useText, type Shape } from '@fenqi/ui'
import { useMutation } from '@tanstack/react-query'
import { Heading } from '../../../parts/heading'
import { Papers } from '../../../parts/papers'
import { api } from '../../../session'
import { checkout } from '../../../texts/checkout'
import { useDecision, useProgress, type Decision } from '../progress'
import { AskForPerson } from './ask_for_person'

type Verdict = 'verdict_approve' | 'verdict_decline'

/** A no, or a wait: the principal reasons, what would change them, and a person who looks. */
export function DeclinedStep({ checkoutId, isWaiting }: { checkoutId: string; isWaiting: boolean }) {
  const text = useText(checkout)
  const decision = useDecision(checkoutId)
  const progress = useProgress(checkoutId)
  return (
    <section className="stack">
      <section className="card">
        <Heading>{text(isWaiting ? 'waitTitle' : 'declinedTitle')}</Heading>
        <p className="soft">{text(isWaiting ? 'waitHelp' : 'declinedHelp')}</p>
        {isWaiting && (
          <button
            type="button"
            className="button"
            data-look="quiet"
            onClick={() => void Promise.all([progress.refetch(), decision.refetch()])}
          >
            {text('refresh')}
          </button>
        )}
      </section>
      <Asked query={decision}>
        {(found) => (
          <>
            <Reasons decision={found} />
            <Needed decision={found} />
            {isWaiting && <Proof checkoutId={checkoutId} decision={found} />}
            <Answers decision={found} />
            <AskForPerson checkoutId={checkoutId} isAsked={found.person_asked} />
          </>
        )}
      </Asked>
    </section>
  )
}

function Reasons({ decision }: { decision: Decision }) {
  const text = useText(checkout)
  const { language } = useLanguage()
  const named = (source: string) =>
    source === 'customer' || source === 'fenqi' || source === 'paper' ? text(`source_${source}`) : source
  return (
    <section className="card">
      <ol className="reasons">
        {decision.reasons.map((reason) => (
          <li key={reason.code}>
            <strong>{reason[language]}</strong>
            <p className="soft">{text('change', { change: reason.change[language] })}</p>
          </li>
        ))}
      </ol>
      <small className="soft">{text('sources', { sources: decision.sources.map(named).join(' · ') })}</small>
    </section>
  )
}

function Needed({ decision }: { decision: Decision }) {
  const text = useText(checkout)
  const { language } = useLanguage()
  if (decision.needed.length === 0) return null
  return (
    <section className="card">
      <h2>{text('neededTitle')}</h2>
      <ul className="reasons">
        {decision.needed.map((one) => (
          <li key={one.layer}>
            <strong>{text(`layer_${one.layer}`)}</strong>
            {one.reasons.map((reason) => (
              <p className="soft" key={reason.code}>
                {reason.change[language]}
              </p>
            ))}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Proof({ checkoutId, decision }: { checkoutId: string; decision: Decision }) {
  const text = useText(checkout)
  const current = useDecision(checkoutId)
  const adding = useMutation({
    mutationFn: (body: Shape['NewPaper']) =>
      ask(api.POST('/h5/checkouts/{checkout_id}/papers', { params: { path: { checkout_id: checkoutId } }, body })),
    onSettled: () => current.refetch(),
  })
  return (
    <section className="card">
      <Papers papers={decision.papers} adding={adding} help={text('papersHelp')} />
    </section>
  )
}

function Answers({ decision }: { decision: Decision }) {
  const text = useText(checkout)
  if (decision.person_said.length === 0) return null
  return (
    <section className="notice" data-tone="good">
      <h2>{text('personSaid')}</h2>
      {decision.person_said.map((said) => (
        <p key={said.reason}>
          <strong>{text(`verdict_${said.verdict}` as Verdict)}</strong> {said.reason}
        </p>
      ))}
    </section>
  )
}
