import { dictionary } from './language'

/** The texts of the parts that every app uses. */
export const shared = dictionary(
  {
    loading: '正在加载…',
    again: '重试',
    refused: '没有办成',
    allowed: '可以这样做：{allowed}',
    source: '依据：{source}',
    code: '代码：{code}',
    unreachable: '暂时连不上服务，可能是网络断开了。已提交的内容不会丢失，也不会重复执行。',
    broken: '页面出了问题',
    brokenHelp: '请刷新页面，已保存的内容不会丢失。',
    reload: '刷新页面',
    language: '语言',
    standIn: '替身',
    empty: '这里还没有内容',
  },
  {
    loading: 'Loading…',
    again: 'Try again',
    refused: 'That was not possible',
    allowed: 'Possible: {allowed}',
    source: 'Source: {source}',
    code: 'Code: {code}',
    unreachable:
      'The service cannot be reached; the connection may be down. Nothing you have sent is lost or done twice.',
    broken: 'Something went wrong on this page',
    brokenHelp: 'Please reload it; nothing that was kept is lost.',
    reload: 'Reload',
    language: 'Language',
    standIn: 'stand-in',
    empty: 'Nothing here yet',
  },
)
