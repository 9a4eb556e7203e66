import { useLanguage, useText } from '@fenqi/ui'
import { Section } from '../../parts/section'
import { collection as texts } from '../../texts/collection'
import type { CollectionCase } from './detail'

/** What the strategy proposes, why, and what to say. */
export function NextAction({ found }: { found: CollectionCase }) {
  const text = useText(texts)
  const { language } = useLanguage()
  const next = found.next_action
  const own = language === 'en' ? 'en' : 'zh'
  return (
    <Section title={text('next')}>
      <p>
        <strong>{text(`action_${next.action}`)}</strong>
      </p>
      <p>{text('why', { reason: next.reason[own], rule: next.rule, version: next.strategy_version })}</p>
      {next.script && (
        <blockquote aria-label={text('script')}>
          <p>{next.script[own]}</p>
        </blockquote>
      )}
    </Section>
  )
}
