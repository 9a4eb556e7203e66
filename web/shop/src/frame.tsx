import { LanguageSwitch, useText } from '@fenqi/ui'
import { Link, Outlet } from 'react-router'
import { texts } from './texts'

export function Frame() {
  const text = useText(texts)
  return (
    <>
      <header className="shop-head">
        <Link to="/" className="shop-name">
          {text('shop')}
        </Link>
        <LanguageSwitch />
      </header>
      <main className="shop-main">
        <Outlet />
      </main>
    </>
  )
}
