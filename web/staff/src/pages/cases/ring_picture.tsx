import { useText } from '@fenqi/ui'
import { screening as texts } from '../../texts/screening'
import type { RingShown } from './ring'
import './ring.css'

const ROW = 34
const LEFT = 150
const RIGHT = 330
const WIDTH = 480

/** People on the left, what they share on the right, a line for each tie; whom the case is about stands first. */
export function RingPicture({ ring }: { ring: RingShown }) {
  const text = useText(texts)
  const keys = [...new Map(ring.ties.map((tie) => [`${tie.key} ${tie.value}`, tie])).values()]
  const rows = Math.max(ring.people.length, keys.length)
  const at = (place: number, count: number) => ((place + 0.5) * rows * ROW) / count
  const person = (id: string) => at(ring.people.findIndex((one) => one.customer_id === id), ring.people.length)
  const key = (name: string) => at(keys.findIndex((one) => `${one.key} ${one.value}` === name), keys.length)
  const own = keys.filter((one) => one.hops === 1)
  return (
    <svg
      className="ring-picture"
      viewBox={`0 0 ${WIDTH} ${rows * ROW}`}
      role="img"
      aria-label={text('ringTold', { people: ring.people.length, keys: keys.length })}
    >
      {own.map((one) => (
        <line key={one.value} x1={LEFT} x2={RIGHT} y1={at(0, ring.people.length)} y2={key(`${one.key} ${one.value}`)} />
      ))}
      {ring.ties.map((tie) => (
        <line
          key={`${tie.customer_id} ${tie.value}`}
          x1={LEFT}
          x2={RIGHT}
          y1={person(tie.customer_id)}
          y2={key(`${tie.key} ${tie.value}`)}
        />
      ))}
      {ring.people.map((one) => (
        <g key={one.customer_id} data-tone={one.is_fraud ? 'bad' : one.is_frozen || one.hops === 0 ? 'warn' : 'calm'}>
          <circle cx={LEFT} cy={person(one.customer_id)} r={8} />
          <text x={LEFT - 16} y={person(one.customer_id)} textAnchor="end">
            {one.customer_id.slice(-8)}
          </text>
        </g>
      ))}
      {keys.map((one) => (
        <g key={`${one.key} ${one.value}`} data-tone="key">
          <rect x={RIGHT - 7} y={key(`${one.key} ${one.value}`) - 7} width={14} height={14} />
          <text x={RIGHT + 16} y={key(`${one.key} ${one.value}`)}>
            {text(one.key)} {one.value.slice(-6)}
          </text>
        </g>
      ))}
    </svg>
  )
}
