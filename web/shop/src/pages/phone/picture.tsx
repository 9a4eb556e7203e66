import { useId } from 'react'
import { Island } from './island'
import { lookOf } from './look'

type Picture = {
  sku: string
  /** What the picture is called; empty where the name stands beside it. */
  name: string
}

/** A phone as we draw it: its back in its first colour, its front behind it; no maker's sign on either. */
export function PhonePicture({ sku, name }: Picture) {
  const id = useId()
  const look = lookOf(sku)
  const [light, shade] = look.bodies[0] ?? look.screen
  return (
    <svg viewBox="0 0 200 240" className="picture" {...(name ? { role: 'img', 'aria-label': name } : { 'aria-hidden': true })}>
      <defs>
        <linearGradient id={`${id}body`} x1="0" y1="0" x2="1" y2="1">
          <stop offset="0" stopColor={light} />
          <stop offset="1" stopColor={shade} />
        </linearGradient>
        <linearGradient id={`${id}screen`} x1="0" y1="0" x2="0.6" y2="1">
          <stop offset="0" stopColor={look.screen[0]} />
          <stop offset="1" stopColor={look.screen[1]} />
        </linearGradient>
      </defs>
      <ellipse cx="100" cy="228" rx="72" ry="6" fill="rgb(22 32 44 / 10%)" />
      <g transform="translate(82 20)">
        <rect width="96" height="204" rx="19" fill="#15181d" />
        <rect x="3.5" y="3.5" width="89" height="197" rx="16" fill={`url(#${id}screen)`} />
        <path d="M3.5 150c30-34 58 14 89-26v60a16 16 0 0 1-16 16h-57a16 16 0 0 1-16-16z" fill="rgb(255 255 255 / 22%)" />
        <path d="M3.5 172c34-22 52 12 89-12v24a16 16 0 0 1-16 16h-57a16 16 0 0 1-16-16z" fill="rgb(0 0 0 / 16%)" />
        <rect x="37" y="10" width="22" height="6" rx="3" fill="#0b0d10" />
      </g>
      <g transform="translate(18 20)">
        <rect x="-1.5" y="56" width="3" height="30" rx="1.5" fill={shade} />
        <rect width="100" height="204" rx="20" fill={`url(#${id}body)`} />
        <rect x="1.2" y="1.2" width="97.6" height="201.6" rx="19" fill="none" stroke="rgb(255 255 255 / 45%)" />
        <path d="M0 20A20 20 0 0 1 20 0h28L0 92z" fill="rgb(255 255 255 / 12%)" />
        <Island look={look} />
      </g>
    </svg>
  )
}
