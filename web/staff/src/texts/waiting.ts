import { dictionary } from '@fenqi/ui'

/** What waits for people, named as the rest of a sentence that begins with how many. */
export const waiting = dictionary(
  {
    waiting: '待处理',
    nothing: '现在没有待处理的事项',
    cases: '件待审核，无人处理',
    warnings: '个预警电话待拨打',
    hardship: '份困难申请待答复',
    complaints: '件投诉待答复',
    collection: '个催收案件无人处理',
    loan_changes: '项借款变更待第二人批准',
    special_limits: '项临时或专项额度待第二人批准',
    limit_rules: '版额度规则待答复',
    warning_rules: '版预警规则待答复',
    strategies: '项策略使用提议待答复',
    money_cases: '件资金差错待查',
  },
  {
    waiting: 'Waiting for somebody',
    nothing: 'Nothing waits',
    cases: 'to review, taken by nobody',
    warnings: 'calls to make about warnings',
    hardship: 'hardship requests to answer',
    complaints: 'complaints to answer',
    collection: 'collection cases, taken by nobody',
    loan_changes: 'loan changes for a second person',
    special_limits: 'temporary or dedicated limits for a second person',
    limit_rules: 'versions of limit rules to answer',
    warning_rules: 'versions of warning rules to answer',
    strategies: 'proposed uses of strategies to answer',
    money_cases: 'payments that do not match',
  },
)
