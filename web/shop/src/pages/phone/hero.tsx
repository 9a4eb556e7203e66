import { useText } from '@fenqi/ui'
import { shop } from '../../texts/shop'
import { PhonePicture } from './picture'

const SHOWN = ['AP-IP17P-256', 'HW-MATE80-256', 'VV-X300-256']

/** What this shop is, in a sentence and a picture. */
export function Hero() {
  const text = useText(shop)
  return (
    <section className="hero">
      <div>
        <h1>{text('hero')}</h1>
        <p>{text('heroHelp')}</p>
      </div>
      <div className="hero-pictures" aria-hidden="true">
        {SHOWN.map((sku) => (
          <PhonePicture key={sku} sku={sku} name="" />
        ))}
      </div>
    </section>
  )
}
