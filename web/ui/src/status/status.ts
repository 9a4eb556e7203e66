import type { Shape } from '../api/client'

export type Tone = 'good' | 'warn' | 'bad' | 'calm' | 'busy'
export type Look = { readonly tone: Tone; readonly sign: string }

export type Standing = Shape['Instalment']['standing']
export type Outcome = Shape['DecisionShape']['outcome']

const good: Look = { tone: 'good', sign: '✓' }
const bad: Look = { tone: 'bad', sign: '✕' }
const late: Look = { tone: 'bad', sign: '!' }
const warn: Look = { tone: 'warn', sign: '!' }
const busy: Look = { tone: 'busy', sign: '…' }
const calm: Look = { tone: 'calm', sign: '○' }

/* One look for each status, and none may be missing: the types come from the API. */
export const LOOKS = {
  purchase: {
    created: calm,
    identified: busy,
    approved: good,
    referred: warn,
    declined: bad,
    planned: busy,
    disclosed: busy,
    authorised: good,
    captured: good,
    voided: calm,
    expired: calm,
    challenged: warn,
    frozen: late,
  } satisfies Record<Shape['PurchaseState'], Look>,
  loan: { agreed: busy, active: busy, overpaid: warn, closed: good } satisfies Record<Shape['Status'], Look>,
  standing: { paid: good, late: late, due: warn, to_come: calm } satisfies Record<Standing, Look>,
  payment: {
    requested: busy,
    unknown: warn,
    succeeded: good,
    failed: bad,
  } satisfies Record<Shape['PaymentState'], Look>,
  outcome: { approve: good, refer: warn, decline: bad } satisfies Record<Outcome, Look>,
  layer: { pass: good, fail: bad, more_needed: warn } satisfies Record<Shape['LayerVerdict'], Look>,
  case_kind: { referred: busy, asked: warn, frozen: late } satisfies Record<Shape['CaseKind'], Look>,
  case_level: { reviewer: calm, lead: warn } satisfies Record<Shape['Level'], Look>,
  case_stage: {
    reminder: calm,
    early: busy,
    middle: warn,
    late: late,
    legal: bad,
  } satisfies Record<Shape['CollectionCaseLine']['stage'], Look>,
  case_risk: { low: calm, medium: warn, high: late } satisfies Record<Shape['CollectionCaseLine']['risk'], Look>,
  promise: { open: busy, kept: good, broken: bad, lapsed: calm } satisfies Record<Shape['PromiseState'], Look>,
  finding: {
    sound: good,
    unaffordable: warn,
    unproven: warn,
    fraud: bad,
    timed_out: late,
  } satisfies Record<Shape['Disposition'], Look>,
  hardship: {
    asked: busy,
    offered: warn,
    agreed: good,
    refused: bad,
    withdrawn: calm,
    lapsed: calm,
    kept: good,
    broken: late,
  } satisfies Record<Shape['HardshipState'], Look>,
  complaint: {
    received: busy,
    acknowledged: busy,
    proposed: warn,
    answered: good,
    closed: good,
    withdrawn: calm,
  } satisfies Record<Shape['ComplaintState'], Look>,
  complaint_level: { agent: calm, lead: warn } satisfies Record<Shape['ComplaintLevel'], Look>,
  complaint_outcome: { upheld: bad, partly_upheld: warn, rejected: calm } satisfies Record<
    Shape['ComplaintOutcome'],
    Look
  >,
  limit_move: {
    granted: good,
    kept: calm,
    raised: good,
    lowered: warn,
    suspended: late,
    resumed: good,
    special_granted: good,
    special_over: calm,
  } satisfies Record<Shape['LimitHistoryLine']['move'], Look>,
  warning_rung: {
    reminder: calm,
    offer: busy,
    freeze_limit: warn,
    call: warn,
    person: late,
  } satisfies Record<Shape['WarningStepShape']['action'], Look>,
  special_limit: {
    proposed: busy,
    approved: good,
    rejected: bad,
    over: calm,
  } satisfies Record<Shape['SpecialLimitLine']['state'], Look>,
  account_state: { normal: good, overdue: late, closed: calm, written_off: bad } satisfies Record<
    Shape['AccountState'],
    Look
  >,
  hardship_level: { agent: calm, lead: warn } satisfies Record<Shape['HardshipLevel'], Look>,
} as const

export type Kind = keyof typeof LOOKS
export type StatusOf<K extends Kind> = Extract<keyof (typeof LOOKS)[K], string>
