import { dictionary, useText } from '@fenqi/ui'
import type { CollectionCase } from './detail'

type Line = CollectionCase['history'][number]
type Known = keyof (typeof done)['en']

const done = dictionary(
  {
    opened: '立案',
    closed: '结案',
    moved: '阶段或风险变化',
    taken: '领取',
    noted: '备注',
    promised: '承诺还款',
    promise_kept: '承诺已兑现',
    promise_broken: '承诺未兑现',
    promise_lapsed: '承诺失效',
    answered_borrower: '本人接听',
    answered_somebody_else: '他人接听',
    answered_wrong_number: '号码有误',
    answered_nobody: '无人接听',
    message_planned: '消息交发件箱',
    traced: '核对联系方式',
    assigned: '委托机构',
    recalled: '收回案件',
    legal_proposed: '提议诉讼',
    legal_approved: '同意诉讼',
    legal_filed: '已立案（法院）',
    legal_judged: '已判决',
    legal_enforcing: '执行中',
    legal_ended: '诉讼结束',
    write_off_proposed: '提议核销',
    inbox: '站内消息',
    sms: '短信',
    voice_notice: '语音通知',
    call: '电话',
    customer: '客户还款',
    recovery: '核销后收回',
    merchant_refund: '商户退款',
    goodwill: '减免',
  },
  {
    opened: 'opened',
    closed: 'closed',
    moved: 'another stage or risk',
    taken: 'taken',
    noted: 'note',
    promised: 'promise to pay',
    promise_kept: 'promise kept',
    promise_broken: 'promise broken',
    promise_lapsed: 'promise lapsed',
    answered_borrower: 'the borrower answered',
    answered_somebody_else: 'somebody else answered',
    answered_wrong_number: 'wrong number',
    answered_nobody: 'nobody answered',
    message_planned: 'message given to the outbox',
    traced: 'looked for the borrower',
    assigned: 'given to an agency',
    recalled: 'taken back',
    legal_proposed: 'court proposed',
    legal_approved: 'court agreed to',
    legal_filed: 'filed',
    legal_judged: 'judged',
    legal_enforcing: 'enforcing',
    legal_ended: 'court ended',
    write_off_proposed: 'write-off proposed',
    inbox: 'inbox',
    sms: 'short message',
    voice_notice: 'recorded call',
    call: 'call',
    customer: 'paid by the customer',
    recovery: 'recovered after the write-off',
    merchant_refund: 'refunded by the merchant',
    goodwill: 'goodwill',
  },
)

/** What a line of a case's history says happened; a code that has no words stands as it is. */
export function useWhat(): (line: Line) => string {
  const text = useText(done)
  return (line) => (line.what in done.en ? text(line.what as Known) : line.what)
}
