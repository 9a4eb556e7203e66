import type { Shape } from '@fenqi/ui'

type Cause = Shape['ComplaintCause']
type Channel = Shape['ComplaintChannel']

/** What each cause is called, in the order in which it is offered. */
export const CAUSES = {
  goods: 'goods',
  cost: 'cost',
  repayment: 'repayment',
  contact: 'contact',
  decision: 'decision_cause',
  credit_record: 'credit_record',
  privacy: 'privacy',
  service: 'service',
  other: 'other',
} as const satisfies Record<Cause, string>

export const CHANNELS = ['app', 'hotline', 'agent', 'regulator'] as const satisfies Channel[]
