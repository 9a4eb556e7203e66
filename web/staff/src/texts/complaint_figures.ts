import { dictionary } from '@fenqi/ui'

/** The texts of the causes of complaints. */
export const complaintFigures = dictionary(
  {
    figuresTitle: '投诉原因统计',
    noFigures: '这段时间没有投诉。',
    month: '月份',
    count: '件数',
    upheld: '成立',
    partly: '部分成立',
    rejected: '不成立',
    withdrawn: '撤回',
    open: '处理中',
    lateCount: '超期',
    unsatisfied: '不满意',
    given: '补偿',
    chart: '按月和原因的投诉件数',
    perMonth: '每月件数',
  },
  {
    figuresTitle: 'Causes of complaints',
    noFigures: 'No complaint came in these days.',
    month: 'Month',
    count: 'Complaints',
    upheld: 'Upheld',
    partly: 'In part',
    rejected: 'Not upheld',
    withdrawn: 'Taken back',
    open: 'Open',
    lateCount: 'Late',
    unsatisfied: 'Not satisfied',
    given: 'Given',
    chart: 'Complaints by month and cause',
    perMonth: 'Complaints a month',
  },
)
