import { ask, Asked, money, RefusalNotice, useLanguage, useText } from '@fenqi/ui'
import { Heading } from '../../../parts/heading'
import { api } from '../../../session'
import { checkout } from '../../../texts/checkout'
import { useTold } from '../../../texts/refusal'
import { at, useDecision, useStep } from '../progress'
import { OfferCard } from './offer'

type Choose = { checkoutId: string; chosen?: string; onShown?: () => void }

/** The plans on offer, each with everything it costs. */
export function ChooseStep({ checkoutId, chosen, onShown }: Choose) {
  const text = useText(checkout)
  const { language } = useLanguage()
  const decision = useDecision(checkoutId)
  const choose = useStep(checkoutId, async (offerId: string) => {
    const body = { offer_id: offerId, language }
    const shown = await ask(api.POST('/h5/checkouts/{checkout_id}/disclosures', { ...at(checkoutId), body }))
    onShown?.()
    return shown
  })
  const told = useTold(choose.error)
  return (
    <section className="stack">
      <Heading>{text('step_choose')}</Heading>
      <Asked query={decision} isEmpty={(found) => found.offers.length === 0}>
        {(found) => (
          <>
            <p className="soft">{text('chooseWhy', { limit: money(found.limit_minor, language) })}</p>
            {choose.isError && <RefusalNotice error={choose.error} told={told} />}
            {found.offers.map((offer) => (
              <OfferCard
                key={offer.offer_id}
                checkoutId={checkoutId}
                offer={offer}
                isChosen={offer.offer_id === chosen}
                isBusy={choose.isPending}
                choose={() => choose.mutate(offer.offer_id)}
              />
            ))}
          </>
        )}
      </Asked>
    </section>
  )
}
