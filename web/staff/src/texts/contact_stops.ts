import { dictionary } from '@fenqi/ui'

/** The texts of what stops contacts with a customer. */
export const contactStops = dictionary(
  {
    stops: '停止联系',
    stopsNow: '当前：{stops}',
    noStops: '没有停止联系的情形。',
    stop_complaint: '投诉处理中',
    stop_dispute: '商品争议',
    stop_hardship: '还款困难',
    stop_over_indebted: '过度负债',
    stop_student: '在校学生',
    stopReason: '依据',
    stopKind: '情形',
    stop: '停止营销联系',
    letBegin: '解除',
  },
  {
    stops: 'What stops contacts',
    stopsNow: 'Now: {stops}',
    noStops: 'Nothing stops contacts.',
    stop_complaint: 'complaint',
    stop_dispute: 'dispute',
    stop_hardship: 'hardship',
    stop_over_indebted: 'over-indebted',
    stop_student: 'student',
    stopReason: 'How we know',
    stopKind: 'What',
    stop: 'Stop marketing',
    letBegin: 'No more so',
  },
)
