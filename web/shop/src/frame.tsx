import { LanguageSwitch, useText } from '@fenqi/ui'
import { Link, Outlet } from 'react-router'
import { ScrollTop } from './parts/scroll_top'
import { shop } from './texts/shop'

/** What is around every page of the shop: its name, the ways on, and what here is not real. */
export function Frame() {
  const text = useText(shop)
  return (
    <>
      <a className="skip" href="#page">
        {text('skip')}
      </a>
      <header className="head">
        <div className="head-in">
          <Link to="/" className="head-name">
            {text('shop')}
          </Link>
          <nav>
            <a href="/h5">{text('credit')}</a>
            <Link to="/desk">{text('desk')}</Link>
            <LanguageSwitch />
          </nav>
        </div>
      </header>
      <main className="main" id="page">
        <Outlet />
      </main>
      <footer className="foot">
        <p>{text('disclaimer')}</p>
        <a href="/staff">{text('staff')}</a>
      </footer>
      <ScrollTop />
    </>
  )
}
