import { LanguageSwitch, useText } from '@fenqi/ui'
import { Outlet } from 'react-router'
import { texts } from './texts'

export function Frame() {
  const text = useText(texts)
  return (
    <div className="phone">
      <header className="bar">
        <strong>{text('app')}</strong>
        <LanguageSwitch />
      </header>
      <main className="page">
        <Outlet />
      </main>
    </div>
  )
}
