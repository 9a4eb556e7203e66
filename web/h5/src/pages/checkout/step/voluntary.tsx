import { ask, useLanguage, useText, type Shape } from '@fenqi/ui'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../../session'
import { checkout } from '../../../texts/checkout'

type Given = Shape['OneConsent']

/** What may be agreed to besides, for this application; nothing is ticked, and nothing depends on it. */
export function Voluntary({ checkoutId, onChange }: { checkoutId: string; onChange: (given: Given[]) => void }) {
  const { language } = useLanguage()
  const text = useText(checkout)
  const [ticked, tick] = useState<string | null>(null)
  const consents = useQuery({
    queryKey: ['consents', checkoutId, language],
    queryFn: () =>
      ask(
        api.GET('/h5/checkouts/{checkout_id}/consents', {
          params: { path: { checkout_id: checkoutId }, query: { language } },
        }),
      ),
  })
  const offered = consents.data?.optional ?? []
  const toggle = (one: Shape['Consent']) => {
    const now = ticked === one.text_sha256 ? null : one.text_sha256
    tick(now)
    const { purpose, recipient, text_sha256 } = one
    onChange(now ? [{ purpose, recipient, text_sha256, language, ticked: true }] : [])
  }
  return offered.map((one) => (
    <div key={one.text_sha256} className="consent">
      <label className="tick">
        <input type="checkbox" checked={ticked === one.text_sha256} onChange={() => toggle(one)} />
        <span>{text('purpose_network')}</span>
      </label>
      <pre className="words" tabIndex={0} lang={language} aria-label={text('purpose_network')}>
        {one.text.trim()}
      </pre>
      <small className="soft">{text('basis', { source: one.source })}</small>
    </div>
  ))
}
