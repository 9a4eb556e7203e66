import { Money, Rate, useText, type Shape } from '@fenqi/ui'
import { Lines } from '../../parts/lines'
import { Named } from '../../parts/named'
import { Section } from '../../parts/section'
import { decisions as texts } from '../../texts/decisions'

/** The plans that were priced. */
export function Offers({ offers }: { offers: Shape['StoredOffer'][] }) {
  const text = useText(texts)
  return (
    <Section title={text('offers')}>
      <Lines
        label={text('offers')}
        rows={offers}
        empty={text('noOffers')}
        rowKey={(offer) => `${offer.product_id}:${offer.tenor}`}
        columns={[
          { key: 'product', title: text('product'), show: (offer) => <Named code={offer.product_id} /> },
          { key: 'tenor', title: text('tenor'), figure: true, show: (offer) => offer.tenor },
          {
            key: 'instalment',
            title: text('instalment'),
            figure: true,
            show: (offer) => <Money minor={offer.instalment_minor_max} />,
          },
          { key: 'cost', title: text('cost'), figure: true, show: (offer) => <Money minor={offer.cost_minor} /> },
          { key: 'irr', title: text('irr'), figure: true, show: (offer) => <Rate inPercent={offer.irr_nominal} /> },
          { key: 'total', title: text('total'), figure: true, show: (offer) => <Money minor={offer.total_minor} /> },
        ]}
      />
    </Section>
  )
}
