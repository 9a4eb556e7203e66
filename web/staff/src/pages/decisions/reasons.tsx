import { useLanguage, useText, type Shape } from '@fenqi/ui'
import { Section } from '../../parts/section'
import { decisions as texts } from '../../texts/decisions'

/** Why it came out so, the hidden reasons among them. */
export function Reasons({ reasons }: { reasons: Shape['StoredReason'][] }) {
  const text = useText(texts)
  const { language } = useLanguage()
  const isEnglish = language === 'en'
  return (
    <Section title={text('reasons')}>
      <ul>
        {reasons.map((reason) => (
          <li key={reason.code}>
            {isEnglish ? reason.en : reason.zh} <code>{reason.code}</code>
            {reason.hidden && ` · ${text('hidden')}`}
            <br />
            {text('change')}: {isEnglish ? reason.change_en : reason.change_zh}
          </li>
        ))}
      </ul>
    </Section>
  )
}
