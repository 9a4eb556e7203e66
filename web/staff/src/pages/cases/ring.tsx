import { ask, Asked, Badge, useText, type Shape } from '@fenqi/ui'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { Lines } from '../../parts/lines'
import { Section } from '../../parts/section'
import { ShortId } from '../../parts/short_id'
import { api } from '../../session'
import { screening as texts } from '../../texts/screening'
import { RingOrders } from './ring_orders'
import { RingPicture } from './ring_picture'

export type RingShown = Shape['RingShape']
type Person = RingShown['people'][number]

/** Who is tied to whom around a case, drawn and listed, and which of their orders wait. */
export function Ring({ case_id }: { case_id: string }) {
  const text = useText(texts)
  const query = useQuery({
    queryKey: ['cases', case_id, 'ring'],
    queryFn: () => ask(api.GET('/staff/cases/{case_id}/ring', { params: { path: { case_id } } })),
  })
  return (
    <Section title={text('ring')}>
      <Asked query={query}>
        {(ring) => (
          <>
            {ring.people.length > 1 ? <RingPicture ring={ring} /> : <p>{text('alone')}</p>}
            {ring.is_cut && <p>{text('cut')}</p>}
            <People ring={ring} />
            <RingOrders case_id={case_id} ring={ring} />
          </>
        )}
      </Asked>
    </Section>
  )
}

function People({ ring }: { ring: RingShown }) {
  const text = useText(texts)
  const isOf = (person: Person) => (tie: RingShown['ties'][number]) =>
    person.hops === 0 ? tie.hops === 1 : tie.customer_id === person.customer_id
  const keysOf = (person: Person) => ring.ties.filter(isOf(person)).map((tie) => text(tie.key))
  return (
    <Lines<Person>
      label={text('ring')}
      rows={ring.people}
      rowKey={(one) => one.customer_id}
      columns={[
        { key: 'person', title: text('person'), show: (one) => <Somebody one={one} /> },
        { key: 'hops', title: text('hops'), figure: true, show: (one) => one.hops || '—' },
        { key: 'ties', title: text('ties'), show: (one) => [...new Set(keysOf(one))].join(', ') },
        { key: 'state', title: text('state'), show: (one) => <State one={one} /> },
      ]}
    />
  )
}

function Somebody({ one }: { one: Person }) {
  if (!one.may_open) return <ShortId id={one.customer_id} />
  return (
    <Link to={`/customers/${one.customer_id}`}>
      <ShortId id={one.customer_id} />
    </Link>
  )
}

function State({ one }: { one: Person }) {
  const text = useText(texts)
  return (
    <>
      {one.hops === 0 && text('origin')} {one.is_fraud && <strong>{text('wasFraud')}</strong>}{' '}
      {one.is_frozen && <Badge kind="purchase" status="frozen" />}
    </>
  )
}
