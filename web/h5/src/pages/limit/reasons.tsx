import { useLanguage, type Shape } from '@fenqi/ui'

/** Reasons or advice, a line each, in the reader's language. */
export function Reasons({ reasons }: { reasons: Shape['LimitReason'][] }) {
  const { language } = useLanguage()
  return (
    <ul className="plain">
      {reasons.map((reason) => (
        <li key={reason.code}>{language === 'en' ? reason.en : reason.zh}</li>
      ))}
    </ul>
  )
}
