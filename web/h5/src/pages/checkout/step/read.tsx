import { Money, Percent, Rate, useText } from '@fenqi/ui'
import { useSearchParams } from 'react-router'
import { Document } from '../../../parts/document'
import { Heading } from '../../../parts/heading'
import { PlanTable } from '../../../parts/plan_table'
import { useSecondsLeft } from '../../../parts/seconds_left'
import { app } from '../../../texts/app'
import { checkout } from '../../../texts/checkout'
import type { Progress } from '../progress'
import { ChooseStep } from './choose'
import { Sign } from './sign'

type Read = { progress: Progress; seenAt: number }

/** The chosen plan's whole cost and the agreement, to be read before they are signed; or another plan instead. */
export function ReadStep({ progress, seenAt }: Read) {
  const [search, setSearch] = useSearchParams()
  const { shown } = progress
  if (!shown) return null
  if (search.has('plans')) {
    return (
      <ChooseStep
        checkoutId={progress.checkout_id}
        chosen={shown.offer.offer_id}
        onShown={() => setSearch({}, { replace: true })}
      />
    )
  }
  return (
    <Shown
      key={shown.shown_id}
      progress={progress}
      shown={shown}
      seenAt={seenAt}
      another={() => setSearch({ plans: '' })}
    />
  )
}

type ShownOffer = NonNullable<Progress['shown']>

function Shown({ progress, shown, seenAt, another }: Read & { shown: ShownOffer; another: () => void }) {
  const text = useText(checkout)
  const around = useText(app)
  const left = useSecondsLeft(seenAt + progress.read_seconds_left * 1000)
  return (
    <section className="stack">
      <Heading>{text('step_read')}</Heading>
      <p className="soft">{text('readWhy')}</p>
      <Cost shown={shown} />
      <section className="card">
        <h2>{around('table')}</h2>
        <PlanTable rows={shown.rows} />
      </section>
      <section className="notice" data-tone="warn">
        <h2>{text('lateTitle')}</h2>
        <p>
          <LateRate perDay={shown.offer.late_per_day} />
        </p>
        <p>{text('lateNotice')}</p>
        <p>{text('lateHelp')}</p>
      </section>
      <section className="card">
        <h2>{text('inFull')}</h2>
        {shown.documents.map((each) => (
          <section key={each.document_id} className="stack">
            <h3>{around(`doc_${each.kind}`)}</h3>
            <Document documentId={each.document_id} kind={each.kind} />
          </section>
        ))}
      </section>
      <div className="reading" role="timer" data-tone={left > 0 ? 'busy' : 'good'}>
        {left > 0 ? text('readLeft', { seconds: left }) : `✓ ${text('readDone')}`}
      </div>
      <Sign checkoutId={progress.checkout_id} shown={shown} isRead={left === 0} />
      <button type="button" className="button" data-look="quiet" data-wide onClick={another}>
        {text('otherPlan')}
      </button>
    </section>
  )
}

function Cost({ shown }: { shown: ShownOffer }) {
  const text = useText(checkout)
  const { offer } = shown
  return (
    <section className="card">
      <h2>{text('tenor', { count: offer.tenor })}</h2>
      <dl className="figures">
        <div className="large">
          <dt>{text('annual')}</dt>
          <dd>
            <Rate inPercent={offer.irr_nominal} />
          </dd>
        </div>
        <div className="large">
          <dt>{text('costAll')}</dt>
          <dd>
            <Money minor={offer.cost_minor} />
          </dd>
        </div>
        <div>
          <dt>{text('loan')}</dt>
          <dd>
            <Money minor={offer.principal_minor} />
          </dd>
        </div>
        <div>
          <dt>{text('totalAll')}</dt>
          <dd>
            <Money minor={offer.total_minor} />
          </dd>
        </div>
      </dl>
    </section>
  )
}

function LateRate({ perDay }: { perDay: string }) {
  const text = useText(checkout)
  const [before, after] = text('lateRate').split('{rate}')
  return (
    <>
      {before}
      <strong>
        <Percent share={perDay} places={4} />
      </strong>
      {after}
    </>
  )
}
