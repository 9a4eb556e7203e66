import { ask, Asked, Badge, Day, Money, useLanguage, useText, type Shape } from '@fenqi/ui'
import { useQuery } from '@tanstack/react-query'
import { useParams } from 'react-router'
import { Lines } from '../../parts/lines'
import { PageHead } from '../../parts/page_head'
import { Pairs } from '../../parts/pairs'
import { Section } from '../../parts/section'
import { ShortId } from '../../parts/short_id'
import { api } from '../../session'
import { limits as texts } from '../../texts/limits'
import { LimitLinks } from './links'

type Change = Shape['LimitChangeShape']

/** One move of a credit line with the facts it went by, made again. */
export function LimitChangePage() {
  const text = useText(texts)
  const { change_id = '' } = useParams()
  const query = useQuery({
    queryKey: ['limits', change_id],
    queryFn: () => ask(api.GET('/staff/limits/{change_id}', { params: { path: { change_id } } })),
  })
  return (
    <>
      <PageHead title={text('one')}>
        <LimitLinks />
      </PageHead>
      <Asked query={query}>{(change) => <Whole change={change} />}</Asked>
    </>
  )
}

function Whole({ change }: { change: Change }) {
  const text = useText(texts)
  const told = change.replays ? text('replays') : text('differs')
  return (
    <>
      <Pairs
        pairs={[
          [text('move'), <Badge kind="limit_move" status={change.move} />],
          [text('cause'), text(`cause_${change.cause}`)],
          [text('changedAt'), <Day on={change.on} />],
          [text('before'), <Money minor={change.before_minor} currency={change.currency} />],
          [text('after'), <Money minor={change.after_minor} currency={change.currency} />],
          [text('points'), change.points ?? ''],
          [text('customer'), <ShortId id={change.customer_id} />],
          [text('by'), change.changed_by],
          [text('rules'), change.replays === null ? text('byPeople') : <ShortId id={change.rules_version} />],
        ]}
      />
      {change.replays !== null && <p role="status">{told}</p>}
      <Told title={text('reasons')} reasons={change.reasons} />
      <Told title={text('wouldRaise')} reasons={change.would_raise} />
      {change.facts.length > 0 && (
        <Section title={text('facts')}>
          <Lines<Shape['LimitFact']>
            label={text('facts')}
            rows={change.facts}
            rowKey={(fact) => fact.name}
            columns={[
              { key: 'name', title: text('fact'), show: (fact) => <code>{fact.name}</code> },
              { key: 'value', title: text('value'), figure: true, show: (fact) => fact.value },
            ]}
          />
        </Section>
      )}
    </>
  )
}

function Told({ title, reasons }: { title: string; reasons: Shape['LimitReason'][] }) {
  const { language } = useLanguage()
  if (reasons.length === 0) return null
  return (
    <Section title={title}>
      <ul>
        {reasons.map((reason) => (
          <li key={reason.code}>{language === 'en' ? reason.en : reason.zh}</li>
        ))}
      </ul>
    </Section>
  )
}
