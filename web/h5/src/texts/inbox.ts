import { dictionary } from '@fenqi/ui'

/** The texts of the inbox and of what one wants to be told. */
export const inbox = dictionary(
  {
    title: '消息',
    none: '还没有消息。',
    preferences: '通知设置',
    language: '消息所用语言',
    'zh-CN': '中文',
    en: 'English',
    fixed: '法律或合同要求告知，不能关闭',
    servicing: '账单与还款提醒',
    collection: '逾期通知',
    marketing: '优惠与推广',
    inbox: '站内消息',
    sms: '短信',
    voice_notice: '语音通知',
    call: '电话',
  },
  {
    title: 'Messages',
    none: 'No messages yet.',
    preferences: 'What we may tell you',
    language: 'Language of messages',
    'zh-CN': '中文',
    en: 'English',
    fixed: 'The law or the contract wants this told: it stays on',
    servicing: 'Bills and reminders',
    collection: 'Late payments',
    marketing: 'Offers',
    inbox: 'inbox',
    sms: 'short message',
    voice_notice: 'recorded call',
    call: 'call',
  },
)
