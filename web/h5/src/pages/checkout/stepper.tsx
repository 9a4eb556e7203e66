import { useText } from '@fenqi/ui'
import { checkout } from '../../texts/checkout'
import type { Progress } from './progress'

const STEPS = ['identify', 'consent', 'apply', 'choose', 'read'] as const

/** How far one has come; nothing at an end. */
export function Stepper({ step }: { step: Progress['step'] }) {
  const text = useText(checkout)
  const index = STEPS.findIndex((each) => each === step)
  if (index < 0) return null
  const now = index + 1
  return (
    <div className="stepper">
      <progress value={now} max={STEPS.length} aria-label={text('progress', { now, all: STEPS.length })} />
      <span>{text('progress', { now, all: STEPS.length })}</span>
    </div>
  )
}
