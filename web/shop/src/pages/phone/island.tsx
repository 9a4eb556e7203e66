import type { Look } from './look'

type Place = readonly [x: number, y: number, radius: number]

const GLASS = '#0d1117'
const RIM = 'rgb(255 255 255 / 38%)'
const DEEP = '#25354d'
const RAISED = 'rgb(255 255 255 / 16%)'

const LENSES: Record<Look['island'], readonly Place[]> = {
  ring: [
    [38, 34, 8],
    [62, 34, 8],
    [38, 56, 8],
    [62, 56, 8],
  ],
  triangle: [
    [38, 31, 9],
    [62, 31, 8],
    [50, 52, 8],
  ],
  pill: [
    [31, 32, 9],
    [31, 56, 9],
  ],
  bar: [
    [28, 30, 8],
    [50, 30, 8],
    [72, 30, 6],
  ],
  plateau: [
    [29, 28, 9],
    [29, 52, 9],
    [51, 40, 9],
  ],
  square: [
    [30, 30, 8],
    [50, 30, 8],
    [30, 50, 8],
    [50, 50, 8],
  ],
  strip: [
    [28, 29, 9],
    [28, 53, 9],
    [51, 29, 6],
  ],
  column: [
    [31, 29, 9],
    [31, 52, 9],
    [50, 40, 6],
  ],
}

/** The cameras on the back of a phone, on a back of 100 by 204. */
export function Island({ look }: { look: Look }) {
  return (
    <g>
      <Base island={look.island} />
      {LENSES[look.island].slice(0, look.lenses).map(([x, y, radius]) => (
        <g key={`${x},${y}`}>
          <circle cx={x} cy={y} r={radius} fill={GLASS} stroke={RIM} strokeWidth="1.6" />
          <circle cx={x} cy={y} r={radius * 0.55} fill={DEEP} />
          <circle cx={x - radius * 0.3} cy={y - radius * 0.3} r={radius * 0.2} fill={RIM} />
        </g>
      ))}
      <Flash island={look.island} />
    </g>
  )
}

function Base({ island }: { island: Look['island'] }) {
  switch (island) {
    case 'ring':
      return <circle cx="50" cy="45" r="32" fill={RAISED} stroke={RIM} strokeWidth="2" />
    case 'triangle':
      return <path d="M50 66 24 33c-6-9-1-16 9-16h34c10 0 15 7 9 16z" fill={RAISED} stroke={RIM} strokeWidth="2" />
    case 'pill':
      return <rect x="17" y="17" width="28" height="54" rx="14" fill={RAISED} stroke={RIM} strokeWidth="1.5" />
    case 'bar':
      return <rect x="11" y="15" width="78" height="30" rx="15" fill={RAISED} stroke={RIM} strokeWidth="1.5" />
    case 'plateau':
      return <rect x="8" y="11" width="84" height="58" rx="18" fill={RAISED} stroke={RIM} strokeWidth="1.5" />
    case 'square':
      return <rect x="15" y="15" width="50" height="50" rx="15" fill={RAISED} stroke={RIM} strokeWidth="1.5" />
    case 'strip':
      return <rect x="8" y="11" width="84" height="60" rx="15" fill={GLASS} stroke={RIM} strokeWidth="1.5" />
    case 'column':
      return <rect x="16" y="14" width="46" height="54" rx="16" fill={RAISED} stroke={RIM} strokeWidth="1.5" />
  }
}

const FLASHES: Record<Look['island'], readonly [number, number]> = {
  ring: [50, 70],
  triangle: [50, 40],
  pill: [56, 26],
  bar: [50, 52],
  plateau: [80, 28],
  square: [72, 24],
  strip: [80, 60],
  column: [51, 24],
}

function Flash({ island }: { island: Look['island'] }) {
  const [x, y] = FLASHES[island]
  return <circle cx={x} cy={y} r="3" fill="#fff6dc" stroke={RIM} />
}
