import { dictionary } from '@fenqi/ui'

export const texts = dictionary(
  { shop: '示范手机专营店', phones: '手机', noPhones: '暂时没有在售的手机' },
  { shop: 'Demo Phone Shop', phones: 'Phones', noPhones: 'No phones on sale at the moment' },
)
