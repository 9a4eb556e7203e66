import { Badge, useLanguage, useText, type Shape } from '@fenqi/ui'
import { Lines } from '../../parts/lines'
import { Section } from '../../parts/section'
import { decisions as texts } from '../../texts/decisions'

type Layer = Shape['StoredLayer']

/** What each layer of the application came to, and why. */
export function Layers({ layers }: { layers?: Layer[] | null }) {
  const text = useText(texts)
  if (!layers) return null
  return (
    <Section title={text('layers')}>
      <Lines<Layer>
        label={text('layers')}
        rows={layers}
        rowKey={(layer) => layer.layer}
        columns={[
          { key: 'layer', title: text('layer'), show: (layer) => text(`layer_${layer.layer}`) },
          { key: 'verdict', title: text('said'), show: (layer) => <Badge kind="layer" status={layer.verdict} /> },
          { key: 'reasons', title: text('reasons'), show: (layer) => <Why reasons={layer.reasons} /> },
        ]}
      />
    </Section>
  )
}

function Why({ reasons }: { reasons: Shape['StoredReason'][] }) {
  const { language } = useLanguage()
  return reasons.map((reason) => <div key={reason.code}>{language === 'en' ? reason.en : reason.zh}</div>)
}
