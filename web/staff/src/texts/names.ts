import { dictionary, type Shape } from '@fenqi/ui'

type AccountKind = Shape['AccountKind']

/** The chart of accounts in words. */
export const accountNames = dictionary(
  {
    loan_principal: '贷款本金',
    interest_receivable: '应收利息',
    fee_receivable: '应收分期手续费',
    penalty_receivable: '应收罚息',
    customer_overpayment: '应付客户溢缴款',
    credit_line: '可用额度',
    credit_line_granted: '授信额度',
    credit_line_drawn: '已用额度',
    merchant_payable: '应付商户款',
    payout_clearing: '清算资金往来',
    channel_clearing: '支付渠道在途资金',
    bank_cash: '银行存款',
    interest_income: '利息收入',
    fee_income: '分期手续费收入',
    penalty_income: '罚息收入',
    merchant_fee_income: '商户服务费收入',
    subsidy_receivable: '应收贴息款',
    unearned_subsidy: '递延贴息收益',
    subsidy_income: '贴息收入',
    goodwill_expense: '减免支出',
    write_off_expense: '贷款核销损失',
    recovery_income: '已核销贷款收回',
    suspense: '待查款项',
  } satisfies Record<AccountKind, string>,
  {
    loan_principal: 'Loan principal',
    interest_receivable: 'Interest receivable',
    fee_receivable: 'Fees receivable',
    penalty_receivable: 'Late charges receivable',
    customer_overpayment: 'Owed to customers (overpaid)',
    credit_line: 'Credit line available',
    credit_line_granted: 'Credit line granted',
    credit_line_drawn: 'Credit line drawn',
    merchant_payable: 'Owed to merchants',
    payout_clearing: 'Payout clearing',
    channel_clearing: 'In transit at the channel',
    bank_cash: 'Bank',
    interest_income: 'Interest income',
    fee_income: 'Fee income',
    penalty_income: 'Late charge income',
    merchant_fee_income: 'Merchant discount income',
    subsidy_receivable: 'Subsidy receivable',
    unearned_subsidy: 'Unearned subsidy',
    subsidy_income: 'Subsidy income',
    goodwill_expense: 'Goodwill expense',
    write_off_expense: 'Written off',
    recovery_income: 'Recoveries',
    suspense: 'Suspense',
  },
)

export const ACCOUNT_KINDS = Object.keys(accountNames['en']) as AccountKind[]
