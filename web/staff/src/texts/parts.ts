import { dictionary } from '@fenqi/ui'

/** The texts of what every list has. */
export const parts = dictionary(
  { pages: '翻页', firstPage: '回到第一页', nextPage: '下一页', columns: '显示列', export: '导出 CSV', savePaper: '保存 {name}', none: '无', yes: '是', no: '否' },
  { pages: 'Pages', firstPage: 'First page', nextPage: 'Next page', columns: 'Columns', export: 'Export CSV', savePaper: 'Save {name}', none: 'none', yes: 'yes', no: 'no' },
)
