import { day, instant, money, percent, permille, rate } from '../format'
import { useLanguage } from '../i18n/language'

export function Money({ minor, currency }: { minor: number; currency?: string }) {
  const { language } = useLanguage()
  return <span className="money">{money(minor, language, currency)}</span>
}

export function Rate({ inPercent }: { inPercent: string }) {
  const { language } = useLanguage()
  return <span className="money">{rate(inPercent, language)}</span>
}

export function Permille({ thousandths }: { thousandths: number }) {
  const { language } = useLanguage()
  return <span className="money">{permille(thousandths, language)}</span>
}

export function Percent({ share, places }: { share: string; places?: number }) {
  const { language } = useLanguage()
  return <span className="money">{percent(share, language, places)}</span>
}

export function Day({ on }: { on: string }) {
  const { language } = useLanguage()
  return (
    <time dateTime={on} className="money">
      {day(on, language)}
    </time>
  )
}

export function Instant({ at }: { at: string }) {
  const { language } = useLanguage()
  return (
    <time dateTime={at} className="money">
      {instant(at, language)}
    </time>
  )
}
