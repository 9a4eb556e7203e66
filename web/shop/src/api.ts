import { apiFor, Session, useLanguage } from '@fenqi/ui'

export const api = apiFor()

/** The merchant's API key: this tab's own, and forgotten with it. */
export const key = new Session('fenqi.shop.key', sessionStorage)

/** The public API as the merchant of that key. */
export const merchant = apiFor(key)

/** The one of two names that the reader's language has. */
export function useNamed(): (names: { zh: string; en: string }) => string {
  const { language } = useLanguage()
  return (names) => (language === 'en' ? names.en : names.zh)
}

/** Something that names one intent of somebody's, so that sending it twice does it once. */
export function newIntent(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
