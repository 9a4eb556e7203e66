import { ask, Asked, RefusalNotice, useLanguage, useText, type Language, type Shape } from '@fenqi/ui'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Heading } from '../../../parts/heading'
import { api } from '../../../session'
import { checkout } from '../../../texts/checkout'
import { useTold } from '../../../texts/refusal'
import { at, useStep } from '../progress'

type Consent = Shape['Consent']
type Key = keyof (typeof checkout)['en']

/** What has to be agreed to, one by one, each with its words; nothing is ticked beforehand. */
export function ConsentStep({ checkoutId }: { checkoutId: string }) {
  const { language } = useLanguage()
  const text = useText(checkout)
  const consents = useQuery({
    queryKey: ['consents', checkoutId, language],
    queryFn: () => ask(api.GET('/h5/checkouts/{checkout_id}/consents', withLanguage(checkoutId, language))),
  })
  return (
    <section className="card">
      <Heading>{text('step_consent')}</Heading>
      <p className="soft">{text('consentWhy')}</p>
      <Asked query={consents}>
        {(found) => <Boxes key={language} checkoutId={checkoutId} consents={found.consents} language={language} />}
      </Asked>
    </section>
  )
}

function Boxes({ checkoutId, consents, language }: { checkoutId: string; consents: Consent[]; language: Language }) {
  const text = useText(checkout)
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set())
  const agree = useStep(checkoutId, () => {
    const given = consents.map((each) => ({
      purpose: each.purpose,
      recipient: each.recipient,
      text_sha256: each.text_sha256,
      language,
      ticked: ticked.has(keyOf(each)),
    }))
    return ask(api.POST('/h5/checkouts/{checkout_id}/consents', { ...at(checkoutId), body: { consents: given } }))
  })
  const told = useTold(agree.error)
  const left = consents.filter((each) => !ticked.has(keyOf(each))).length
  const toggle = (key: string) => {
    const next = new Set(ticked)
    if (!next.delete(key)) next.add(key)
    setTicked(next)
  }
  return (
    <>
      {consents.map((each) => (
        <div key={keyOf(each)} className="consent">
          <label className="tick">
            <input type="checkbox" checked={ticked.has(keyOf(each))} onChange={() => toggle(keyOf(each))} />
            <span>{text(`purpose_${keyOf(each)}` as Key)}</span>
          </label>
          <pre className="words" tabIndex={0} lang={language} aria-label={text(`purpose_${keyOf(each)}` as Key)}>
            {each.text.trim()}
          </pre>
          <small className="soft">{text('basis', { source: each.source })}</small>
        </div>
      ))}
      {agree.isError && <RefusalNotice error={agree.error} told={told} />}
      <p role="status" className="soft">
        {left > 0 && text('consentLeft', { count: left })}
      </p>
      <button
        type="button"
        className="button"
        data-wide
        disabled={left > 0 || agree.isPending}
        onClick={() => agree.mutate(undefined)}
      >
        {text('consent')}
      </button>
    </>
  )
}

function keyOf(consent: Consent): string {
  return consent.purpose === 'share' ? `share_${consent.recipient}` : consent.purpose
}

function withLanguage(checkoutId: string, language: Language) {
  return { params: { path: { checkout_id: checkoutId }, query: { language } } }
}
