import { ask, Badge, Instant, Money, RefusalNotice, useText, type Shape } from '@fenqi/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Checkbox, Input } from 'antd'
import { useId, useState } from 'react'
import { Link } from 'react-router'
import { Lines } from '../../parts/lines'
import { useMe } from '../../parts/me'
import { ShortId } from '../../parts/short_id'
import { api } from '../../session'
import { screening as texts } from '../../texts/screening'
import type { RingShown } from './ring'

type Order = RingShown['orders'][number]
type Act = 'freeze' | 'release' | 'reject'
const REASON_LENGTH_MIN = 5

/** The late orders of a ring; one act reaches those that are chosen, and what became of each stands beside it. */
export function RingOrders({ case_id, ring }: { case_id: string; ring: RingShown }) {
  const text = useText(texts)
  const { has } = useMe()
  const [chosen, choose] = useState<string[]>([])
  const [reason, setReason] = useState('')
  const id = useId()
  const queries = useQueryClient()
  const act = useMutation({
    mutationFn: (what: Act) =>
      ask(
        api.POST('/staff/cases/{case_id}/ring-acts', {
          params: { path: { case_id } },
          body: { act: what, reason, decision_ids: chosen, found: FOUND[what] },
        }),
      ),
    onSettled: () =>
      Promise.all([queries.invalidateQueries({ queryKey: ['cases'] }), queries.invalidateQueries({ queryKey: ['decisions'] })]),
  })
  const isMute = reason.trim().length < REASON_LENGTH_MIN || chosen.length === 0
  const button = (what: Act, name: string) => (
    <Button danger={what === 'reject'} disabled={isMute || act.isPending} onClick={() => act.mutate(what)}>
      {name}
    </Button>
  )
  const toggle = (one: string) => choose((was) => (was.includes(one) ? was.filter((each) => each !== one) : [...was, one]))
  return (
    <>
      <h3>{text('orders')}</h3>
      <Orders orders={ring.orders} chosen={chosen} toggle={has('reviewer', 'risk') ? toggle : null} acted={act.data?.orders ?? []} />
      {has('reviewer', 'risk') && (
        <div className="ask">
          <label htmlFor={id}>{text('reason')}</label>
          <Input.TextArea id={id} rows={2} maxLength={2000} value={reason} onChange={(event) => setReason(event.target.value)} />
          {act.isError && <RefusalNotice error={act.error} />}
          <div className="page-tools">
            {button('freeze', text('doFreeze'))}
            {button('release', text('doRelease'))}
            {button('reject', text('doReject'))}
          </div>
        </div>
      )}
    </>
  )
}

const FOUND = { freeze: null, release: 'sound', reject: 'fraud' } as const

type Props = {
  orders: Order[]
  chosen: string[]
  toggle: ((decision_id: string) => void) | null
  acted: Shape['RingActLine'][]
}

function Orders({ orders, chosen, toggle, acted }: Props) {
  const text = useText(texts)
  const became = new Map(acted.map((line) => [line.decision_id, line.refusal]))
  return (
    <Lines<Order>
      label={text('orders')}
      rows={orders}
      empty={text('noOrders')}
      rowKey={(one) => one.decision_id}
      columns={[
        {
          key: 'order',
          title: text('decidedAt'),
          show: (one) => (
            <>
              {toggle && (
                <Checkbox
                  aria-label={`${text('choose')} ${one.decision_id.slice(-8)}`}
                  checked={chosen.includes(one.decision_id)}
                  onChange={() => toggle(one.decision_id)}
                />
              )}{' '}
              <Link to={`/decisions/${one.decision_id}`}>
                <Instant at={one.decided_at} />
              </Link>
            </>
          ),
        },
        { key: 'person', title: text('person'), show: (one) => <ShortId id={one.customer_id} /> },
        { key: 'amount', title: text('amount'), figure: true, show: (one) => <Money minor={one.amount_minor} /> },
        {
          key: 'status',
          title: text('status'),
          show: (one) => (
            <>
              <Badge kind="purchase" status={one.status} /> {became.get(one.decision_id)?.what}
            </>
          ),
        },
      ]}
    />
  )
}
