import { createContext, use, useEffect, useMemo, useState, type ReactNode } from 'react'

export const LANGUAGES = ['zh-CN', 'en'] as const
export type Language = (typeof LANGUAGES)[number]

type Values = Record<string, string | number>
export type Dictionary<K extends string> = { readonly [L in Language]: Readonly<Record<K, string>> }

const KEPT_AS = 'fenqi.language'
const Context = createContext<{ language: Language; choose: (language: Language) => void } | null>(null)

/** Both languages of an app's texts; a key that one of them lacks is a type error. */
export function dictionary<const Z extends Record<string, string>>(
  zh: Z,
  en: { readonly [K in keyof Z]: string },
): Dictionary<Extract<keyof Z, string>> {
  return { 'zh-CN': zh, en } as Dictionary<Extract<keyof Z, string>>
}

export function LanguageProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState<Language>(chosen)
  useEffect(() => {
    document.documentElement.lang = language
  }, [language])
  const value = useMemo(() => {
    const choose = (next: Language) => {
      localStorage.setItem(KEPT_AS, next)
      setLanguage(next)
    }
    return { language, choose }
  }, [language])
  return <Context value={value}>{children}</Context>
}

export function useLanguage() {
  const found = use(Context)
  if (!found) throw new Error('there is no LanguageProvider above')
  return found
}

/** A text by its key; `{name}` in it is replaced by the value of that name. */
export function useText<K extends string>(texts: Dictionary<K>): (key: K, values?: Values) => string {
  const { language } = useLanguage()
  return useMemo(() => (key: K, values?: Values) => filled(texts[language][key], values), [texts, language])
}

function filled(text: string, values: Values = {}): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
}

/** The address names it (`?lang=en`), or it was chosen before, or it is Chinese. */
function chosen(): Language {
  const named = new URLSearchParams(window.location.search).get('lang') ?? localStorage.getItem(KEPT_AS)
  return LANGUAGES.find((language) => language === named) ?? 'zh-CN'
}
