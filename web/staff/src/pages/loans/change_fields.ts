import { minorOf, type Shape } from '@fenqi/ui'

type NewChange = Shape['NewChange']
export type ChangeKind = Shape['ChangeKind']
export type FieldName = Exclude<keyof NewChange, 'kind' | 'on'>
export type Typed = Partial<Record<FieldName, string>>

/* What each kind of change needs to be told. */
export const FIELDS = {
  goodwill: ['amount_minor'],
  waiver: ['component', 'amount_minor'],
  charge_adjustment: ['event_id', 'amount_minor'],
  due_date: ['due_on', 'new_due_on'],
  rate: ['rate_per_year', 'from_on'],
  payment_holiday: ['due_on', 'instalment_count'],
  interest_pause: ['from_on', 'until_on'],
  extra_terms: ['instalment_count'],
  re_age: ['from_on', 'instalment_count'],
  re_amortisation: [],
  charge_off: [],
  charge: ['component', 'due_on', 'amount_minor'],
  fraud_flag: [],
  fraud_clearance: [],
  undo: ['event_id'],
} as const satisfies Record<ChangeKind, readonly FieldName[]>

export const KINDS = Object.keys(FIELDS) as ChangeKind[]

/** A change as the service is asked for it; nothing while something is missing or cannot be read. */
export function changeOf(kind: ChangeKind, on: string, typed: Typed): NewChange | null {
  const given: Record<string, string | number> = {}
  for (const field of FIELDS[kind]) {
    const value = valueOf(field, typed[field] ?? '')
    if (value === null) return null
    given[field] = value
  }
  return { kind, ...(on ? { on } : {}), ...given }
}

function valueOf(field: FieldName, text: string): string | number | null {
  if (text.trim() === '') return null
  if (field === 'amount_minor') return minorOf(text)
  if (field === 'instalment_count') return /^\d{1,2}$/.test(text) ? Number(text) : null
  if (field === 'rate_per_year') return /^0(\.\d{1,8})?$/.test(text) ? text : null
  return text
}
