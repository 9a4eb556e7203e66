import { dictionary, type Shape } from '@fenqi/ui'

type Kind = Shape['LoanEventLine']['kind']

/** The kinds of events of a loan, as staff call them. */
export const loanEvent = dictionary(
  {
    disbursed: '放款',
    repaid: '还款或抵减',
    withdrawn: '冷静期内撤回',
    cash_refunded: '退还现金',
    credit_balance_refunded: '退还多付',
    charged_back: '银行撤回付款',
    charged: '计入费用',
    waived: '免除',
    charged_off: '核销',
    rate_changed: '改变利率',
    due_date_moved: '改还款日',
    interest_paused: '暂停计息',
    late_charge_paused: '暂停逾期费用',
    late_charge_resumed: '恢复逾期费用',
    fraud_flagged: '标记疑似冒名',
    fraud_cleared: '解除冒名标记',
    re_aged: '重新分期',
    re_amortised: '逾期分摊到以后各期',
    reversed: '撤销',
  } satisfies Record<Kind, string>,
  {
    disbursed: 'Disbursed',
    repaid: 'Repaid or credited',
    withdrawn: 'Withdrawn in the cooling-off term',
    cash_refunded: 'Cash refunded',
    credit_balance_refunded: 'Overpayment returned',
    charged_back: 'Charged back',
    charged: 'Charged',
    waived: 'Waived',
    charged_off: 'Charged off',
    rate_changed: 'Rate changed',
    due_date_moved: 'Due day moved',
    interest_paused: 'Interest paused',
    late_charge_paused: 'Late charges paused',
    late_charge_resumed: 'Late charges resumed',
    fraud_flagged: 'Flagged as suspected fraud',
    fraud_cleared: 'Fraud flag removed',
    re_aged: 'Re-aged',
    re_amortised: 'Re-amortised',
    reversed: 'Reversed',
  },
)
