import type { Language } from './i18n/language'

/* The one place where amounts, rates and days become text. Nothing is reckoned here: digits are moved, not changed. */

const ZONE = 'Asia/Shanghai'
const PLACES = 2
type Decimal = Intl.StringNumericLiteral

/** An amount in minor units with its currency's sign: 599900 is ¥5,999.00. */
export function money(minor: number, language: Language, currency = 'CNY'): string {
  const format = new Intl.NumberFormat(language, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' })
  return format.format(decimal(minor))
}

/** An amount in minor units without a sign, for columns whose head names the currency. */
export function amount(minor: number, language: Language): string {
  return new Intl.NumberFormat(language, { minimumFractionDigits: PLACES }).format(decimal(minor))
}

/** A share, given as exact decimal text, in percent: 0.1303 is 13.03%. */
export function percent(share: string, language: Language, places = PLACES): string {
  const format = new Intl.NumberFormat(language, {
    style: 'percent',
    minimumFractionDigits: places,
    maximumFractionDigits: places,
  })
  return format.format(share as Decimal)
}

/** A rate that is told in percent already, as exact decimal text: 11.520228 is 11.52%. */
export function rate(inPercent: string, language: Language): string {
  const format = new Intl.NumberFormat(language, { minimumFractionDigits: PLACES, maximumFractionDigits: PLACES })
  return `${format.format(inPercent as Decimal)}%`
}

/** Thousandths as a percentage with one decimal: 61.3%. */
export function permille(thousandths: number, language: Language): string {
  const format = new Intl.NumberFormat(language, { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 })
  return format.format(thousandths / 1000)
}

/** A calendar day as it stands in a contract: 2026-09-01. */
export function day(on: string, language: Language): string {
  const format = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' })
  return format.format(new Date(`${on}T00:00:00Z`))
}

/** An instant, in Shanghai. */
export function instant(at: string, language: Language): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short', timeZone: ZONE }).format(
    new Date(at),
  )
}

/** What somebody typed as yuan, in minor units as text is read: "12.3" is 1230; nothing that is no amount. */
export function minorOf(typed: string): number | null {
  const found = /^(\d{1,9})(?:\.(\d{1,2}))?$/.exec(typed.trim().replaceAll(',', ''))
  return found ? Number(`${found[1]}${(found[2] ?? '').padEnd(PLACES, '0')}`) : null
}

function decimal(minor: number): Decimal {
  const sign = minor < 0 ? '-' : ''
  const digits = String(minor).replace('-', '').padStart(PLACES + 1, '0')
  return `${sign}${digits.slice(0, -PLACES)}.${digits.slice(-PLACES)}` as Decimal
}
