import { Loading, useText } from '@fenqi/ui'
import { Suspense } from 'react'
import { NavLink, Outlet } from 'react-router'
import { AntLanguage } from './ant_language'
import { Head } from './head'
import { SearchBox } from './pages/search/box'
import { LogOut } from './pages/session/log_out'
import { useMe } from './parts/me'
import { PLACES, SEARCHERS } from './places'
import { texts } from './texts'

/** The console to whoever has logged in: its tools, its places, and the page they are on. */
export default function Inside() {
  const text = useText(texts)
  return (
    <AntLanguage>
      <a className="skip" href="#page">
        {text('skip')}
      </a>
      <Head>
        <Tools />
      </Head>
      <Places />
      <main className="staff-main" id="page" tabIndex={-1}>
        <Suspense fallback={<Loading />}>
          <Outlet />
        </Suspense>
      </main>
    </AntLanguage>
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
