import { dictionary } from '@fenqi/ui'

export const texts = dictionary({ app: '分期付款' }, { app: 'Pay in instalments' })
