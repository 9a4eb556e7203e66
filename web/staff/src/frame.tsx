import { LanguageSwitch, Loading, useText, useToken } from '@fenqi/ui'
import { Suspense } from 'react'
import { NavLink, Outlet } from 'react-router'
import { LogInPage } from './pages/session/log_in'
import { LogOut } from './pages/session/log_out'
import { SearchBox } from './pages/search/box'
import { useMe } from './parts/me'
import { PLACES, SEARCHERS } from './places'
import { session } from './session'
import { texts } from './texts'

/** The console around its pages; without a session there is only the way in. */
export function Frame() {
  const text = useText(texts)
  const token = useToken(session)
  return (
    <div className="staff">
      {token && (
        <a className="skip" href="#page">
          {text('skip')}
        </a>
      )}
      <header className="staff-head">
        <strong>{text('console')}</strong>
        {token && <Tools />}
        <LanguageSwitch />
      </header>
      {token && <Places />}
      <main className="staff-main" id="page" tabIndex={-1}>
        {token ? (
          <Suspense fallback={<Loading />}>
            <Outlet />
          </Suspense>
        ) : (
          <LogInPage />
        )}
      </main>
    </div>
  )
}

function Tools() {
  const { has } = useMe()
  return (
    <>
      {has(...SEARCHERS) && <SearchBox />}
      <LogOut />
    </>
  )
}

function Places() {
  const text = useText(texts)
  const { has } = useMe()
  return (
    <nav className="staff-nav" aria-label={text('places')}>
      <ul>
        <li>
          <NavLink to="/" end>
            {text('home')}
          </NavLink>
        </li>
        {PLACES.filter((place) => has(...place.roles)).map((place) => (
          <li key={place.key}>
            <NavLink to={place.path}>{text(place.key)}</NavLink>
          </li>
        ))}
      </ul>
    </nav>
  )
}
