import { dictionary, Refused, useText } from '@fenqi/ui'

/* What the service's refusals mean to a shopper, by their codes. */
const refusal = dictionary(
  {
    mobile_malformed: '这不是中国大陆手机号，请输入 11 位数字',
    code_wrong: '验证码不对，请核对后再试',
    code_expired: '验证码已过期，请重新获取',
    code_tries_exhausted: '这个验证码错误次数过多，请重新获取',
    code_used: '验证码已用过，请重新获取',
    code_unknown: '验证码与手机号不符，请重新获取',
    code_sent_too_often: '获取得太频繁，请稍后再试',
    request_invalid: '填写的内容格式不对，请检查',
    name_malformed: '姓名应与身份证一致，2 至 50 个字，中间可用“·”',
    id_number_malformed: '身份证号应为 18 位，末位为数字或 X',
    id_number_region_unknown: '前两位不是任何省份的代码，请核对',
    id_number_birth_date_impossible: '第 7 至 14 位不是有效的出生日期，请核对',
    id_number_check_digit_wrong: '号码校验不通过，很可能输错了一位，请逐位核对',
    underage: '未满年龄要求，不能办理分期',
    identity_mismatch: '姓名、身份证号与手机号不属于同一人。请填写本人信息，并使用本人名下的手机号',
    identity_indeterminate: '实名核验暂时没有明确结果，请几分钟后再试',
    identity_checked_too_often: '今天核验身份的次数太多了，请明天再试',
    identity_taken: '这个身份证号已在另一个账户实名，请用原来的手机号登录',
    identity_fixed: '您的账户已完成实名，不能改为另一个身份',
    session_unknown: '登录已过期，请重新验证手机号，进度不会丢失',
    reading_time_not_over: '阅读时间还没到，请再看一会儿',
    signed_text_differs: '文件与展示的不一致，请刷新后重新阅读',
    credit_limit_exceeded: '可用额度不足，请选择其他方案',
    cost_above_ceiling: '这个方案超过法定成本上限，不能办理',
    checkout_expired: '这笔订单已超时',
    checkout_unknown: '没有找到这笔订单，请从商城重新进入',
    checkout_not_yours: '这笔订单由另一个账户办理',
    person_asked_already: '已经申请过人工复核',
    unavailable: '外部机构暂时没有响应，请稍后再试',
    nothing_owed: '这笔借款已没有应还金额',
    repayment_above_owed: '超过了可还金额',
    complaint_open: '您对此已有一件处理中的投诉，可在其中补充材料',
    complaint_over: '这件投诉已答复或撤回',
    refund_above_captured: '争议金额超过了商品价款',
    loan_unknown: '没有找到这笔借款',
    day_out_of_reach: '那一天太远，不能试算',
  },
  {
    mobile_malformed: 'This is no mainland China mobile number; please enter 11 digits',
    code_wrong: 'The code is not right; please check it and try again',
    code_expired: 'The code has expired; please have another sent',
    code_tries_exhausted: 'The code was tried too often; please have another sent',
    code_used: 'The code has been used; please have another sent',
    code_unknown: 'The code does not belong to this number; please have another sent',
    code_sent_too_often: 'Codes were sent too often; please wait a little',
    request_invalid: 'Something is not filled in as it should be; please check',
    name_malformed: 'Please give the name as on your identity card, 2 to 50 characters',
    id_number_malformed: 'An identity number has 18 places, the last a digit or X',
    id_number_region_unknown: 'No province has these first two digits; please check',
    id_number_birth_date_impossible: 'Places 7 to 14 are no possible birth date; please check',
    id_number_check_digit_wrong: 'The check digit does not match: most likely one digit is mistyped',
    underage: 'You are not of the age from which we may lend',
    identity_mismatch:
      'Name, identity number and mobile number are not one person’s. Please use your own, and a phone in your name',
    identity_indeterminate: 'The registry gave no clear answer; please try again in a few minutes',
    identity_checked_too_often: 'Your identity was checked too often today; please try again tomorrow',
    identity_taken: 'This identity belongs to another account; please enter with the number used then',
    identity_fixed: 'Your account is identified already and cannot become somebody else’s',
    session_unknown: 'Your session is over; please confirm your number again. Nothing is lost',
    reading_time_not_over: 'The reading time is not over yet',
    signed_text_differs: 'The documents differ from what was shown; please reload and read again',
    credit_limit_exceeded: 'Your limit does not cover this; please choose another plan',
    cost_above_ceiling: 'This plan is above the legal ceiling and cannot be offered',
    checkout_expired: 'The time for this order is over',
    checkout_unknown: 'There is no such order; please come in from the shop again',
    checkout_not_yours: 'Another account has taken this order up',
    person_asked_already: 'A person has been asked already',
    unavailable: 'Somebody outside does not answer; please try again later',
    nothing_owed: 'Nothing is owed on this loan',
    repayment_above_owed: 'That is more than can be paid',
    complaint_open: 'You have an open complaint about this; you can add papers to it',
    complaint_over: 'This complaint has been answered or taken back',
    refund_above_captured: 'More is in dispute than the goods cost',
    loan_unknown: 'There is no such loan',
    day_out_of_reach: 'That day is too far away',
  },
)

type Code = keyof (typeof refusal)['en']

/** What a refusal means, in the reader's language; nothing if there are no words for it here. */
export function useTold(error: unknown): string | undefined {
  const text = useText(refusal)
  if (!(error instanceof Refused)) return undefined
  const code = error.refusal.code
  return code in refusal.en ? text(code as Code) : undefined
}
