import { useText } from '@fenqi/ui'
import { Heading } from '../../../parts/heading'
import { checkout } from '../../../texts/checkout'

/** The end without a loan. */
export function OverStep({ returnUrl }: { returnUrl: string }) {
  const text = useText(checkout)
  return (
    <section className="card">
      <Heading>{text('overTitle')}</Heading>
      <p>{text('overHelp')}</p>
      <a className="button" data-wide href={returnUrl}>
        {text('back')}
      </a>
    </section>
  )
}
