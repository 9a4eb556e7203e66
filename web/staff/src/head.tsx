import { LanguageSwitch, useText } from '@fenqi/ui'
import type { ReactNode } from 'react'
import { texts } from './texts'

/** The console's name, its tools, and the language. */
export function Head({ children }: { children?: ReactNode }) {
  const text = useText(texts)
  return (
    <header className="staff-head">
      <strong>{text('console')}</strong>
      {children}
      <LanguageSwitch />
    </header>
  )
}
