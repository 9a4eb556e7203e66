import type { Shape } from '../api/client'
import { dictionary } from '../i18n/language'

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
  case_kind: { referred: busy, asked: warn } satisfies Record<Shape['CaseKind'], Look>,
  case_level: { reviewer: calm, lead: warn } satisfies Record<Shape['Level'], Look>,
  finding: {
    sound: good,
    unaffordable: warn,
    unproven: warn,
    fraud: bad,
    timed_out: late,
  } satisfies Record<Shape['Disposition'], Look>,
} as const

export type Kind = keyof typeof LOOKS
export type StatusOf<K extends Kind> = Extract<keyof (typeof LOOKS)[K], string>
type Key = { [K in Kind]: `${K}_${StatusOf<K>}` }[Kind]

export const statusTexts = dictionary(
  {
    purchase_created: '待办理',
    purchase_identified: '已实名',
    purchase_approved: '已批准',
    purchase_referred: '人工审核中',
    purchase_declined: '未通过',
    purchase_planned: '已选方案',
    purchase_disclosed: '待签署',
    purchase_authorised: '已签约',
    purchase_captured: '已发货放款',
    purchase_voided: '已取消',
    purchase_expired: '已过期',
    purchase_challenged: '待再次验证身份',
    purchase_frozen: '已冻结，待人工核对',
    loan_agreed: '待放款',
    loan_active: '还款中',
    loan_overpaid: '有溢缴款',
    loan_closed: '已结清',
    standing_paid: '已还',
    standing_late: '逾期',
    standing_due: '今日应还',
    standing_to_come: '待还',
    payment_requested: '已提交',
    payment_unknown: '结果确认中',
    payment_succeeded: '成功',
    payment_failed: '未成功',
    outcome_approve: '批准',
    outcome_refer: '转人工',
    outcome_decline: '拒绝',
    case_kind_referred: '转人工',
    case_kind_asked: '申请人要求人工',
    case_level_reviewer: '审核岗',
    case_level_lead: '策略负责人',
    finding_sound: '属实且可承受',
    finding_unaffordable: '偿还能力不足',
    finding_unproven: '证明不足',
    finding_fraud: '欺诈',
    finding_timed_out: '超时未答复',
  },
  {
    purchase_created: 'Not begun',
    purchase_identified: 'Identified',
    purchase_approved: 'Approved',
    purchase_referred: 'With a reviewer',
    purchase_declined: 'Declined',
    purchase_planned: 'Plan chosen',
    purchase_disclosed: 'To be signed',
    purchase_authorised: 'Signed',
    purchase_captured: 'Delivered, drawn down',
    purchase_voided: 'Given up',
    purchase_expired: 'Expired',
    purchase_challenged: 'To show who they are again',
    purchase_frozen: 'Frozen, people look',
    loan_agreed: 'Not drawn yet',
    loan_active: 'Being repaid',
    loan_overpaid: 'Overpaid',
    loan_closed: 'Closed',
    standing_paid: 'Paid',
    standing_late: 'Late',
    standing_due: 'Due today',
    standing_to_come: 'To come',
    payment_requested: 'Sent',
    payment_unknown: 'Being confirmed',
    payment_succeeded: 'Done',
    payment_failed: 'Failed',
    outcome_approve: 'Approve',
    outcome_refer: 'Refer',
    outcome_decline: 'Decline',
    case_kind_referred: 'Referred',
    case_kind_asked: 'Person asked for',
    case_level_reviewer: 'Reviewers',
    case_level_lead: 'Strategy lead',
    finding_sound: 'Sound',
    finding_unaffordable: 'Unaffordable',
    finding_unproven: 'Unproven',
    finding_fraud: 'Fraud',
    finding_timed_out: 'Not answered in time',
  } satisfies Record<Key, string>,
)
