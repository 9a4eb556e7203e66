import { ask, Asked, Badge, Instant, useText, type Shape } from '@fenqi/ui'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from 'react-router'
import { useMe } from '../../parts/me'
import { PageHead } from '../../parts/page_head'
import { Pairs } from '../../parts/pairs'
import { ShortId } from '../../parts/short_id'
import { api } from '../../session'
import { decisions as texts } from '../../texts/decisions'
import { Facts } from './facts'
import { Freeze } from './freeze'
import { Law } from './law'
import { Layers } from './layers'
import { Limit } from './limit'
import { Offers } from './offers'
import { Proof } from './proof'
import { Reasons } from './reasons'
import { Replay } from './replay'
import { Review } from './review'
import { Rules } from './rules'
import { Score } from './score'
import { Screening } from './screening'

/** One decision whole: what was seen, what every rule said, and what came of it. */
export function DecisionPage() {
  const { decision_id = '' } = useParams()
  const query = useQuery({
    queryKey: ['decisions', decision_id],
    queryFn: () => ask(api.GET('/staff/decisions/{decision_id}', { params: { path: { decision_id } } })),
  })
  return <Asked query={query}>{(decision) => <Whole decision={decision} />}</Asked>
}

function Whole({ decision }: { decision: Shape['StaffDecisionShape'] }) {
  const text = useText(texts)
  const { has } = useMe()
  const { content } = decision
  return (
    <>
      <PageHead title={`${text('one')} ${decision.decision_id.slice(-8)}`}>
        <Badge kind="outcome" status={decision.outcome} />
        {has('risk', 'compliance') && <Replay decision_id={decision.decision_id} />}
      </PageHead>
      <Pairs
        pairs={[
          [text('decidedAt'), <Instant at={decision.decided_at} />],
          [text('points'), decision.points ?? '—'],
          [text('customer'), <Customer id={decision.customer_id} />],
          [text('checkout'), <ShortId id={decision.checkout_id} />],
          [
            text('strategy'),
            <>
              <ShortId id={decision.strategy_version} />
              {content.strategy.role && ` ${text(content.strategy.role)}`}
              {content.strategy.halted && ` · ${text('halted')}`}
            </>,
          ],
          [text('scorecard'), <ShortId id={decision.scorecard_version} />],
          [text('catalogue'), <ShortId id={content.catalogue_version} />],
        ]}
      />
      <Freeze decision_id={decision.decision_id} />
      <Proof decision={decision} />
      <Review decision={decision} />
      <Reasons reasons={content.reasons} />
      <Layers layers={content.layers} />
      <Screening decision={decision} />
      <div className="columns">
        <Score score={content.score} />
        <Limit limit={content.limit} />
      </div>
      <Rules rules={content.rules} />
      <Offers offers={content.offers} />
      <Law law={content.law} />
      <Facts facts={content.facts} />
    </>
  )
}

function Customer({ id }: { id: string }) {
  const { has } = useMe()
  if (!has('reviewer', 'collector', 'compliance')) return <ShortId id={id} />
  return (
    <Link to={`/customers/${id}`}>
      <ShortId id={id} />
    </Link>
  )
}
