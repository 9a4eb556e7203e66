import { dictionary } from '@fenqi/ui'

/** The texts of the search. */
export const found = dictionary(
  {
    title: '“{q}”的查找结果',
    empty: '没有找到。请核对编号；手机号可用完整号码或 138****1234 的形式。',
    kind: '类别',
    name: '名称',
    id: '编号',
    status: '状态',
    amount: '金额',
    open: '查看决策',
    inBucket: '第 {bucket} 桶的交易',
    customer: '客户',
    checkout: '订单',
    decision: '决策',
    loan: '借款',
    transaction: '交易',
    merchant: '商户',
  },
  {
    title: 'Found for “{q}”',
    empty: 'Nothing found. Check the number; a mobile number may be whole or as 138****1234.',
    kind: 'Kind',
    name: 'Name',
    id: 'Id',
    status: 'Status',
    amount: 'Amount',
    open: 'Open the decision',
    inBucket: 'Transaction in bucket {bucket}',
    customer: 'Customer',
    checkout: 'Order',
    decision: 'Decision',
    loan: 'Loan',
    transaction: 'Transaction',
    merchant: 'Merchant',
  },
)
