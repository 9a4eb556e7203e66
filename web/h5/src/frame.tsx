import { LanguageSwitch, useText, useToken } from '@fenqi/ui'
import { useQueryClient } from '@tanstack/react-query'
import { Link, Outlet } from 'react-router'
import { session } from './session'
import { app } from './texts/app'

/** What is around every page: where one is, the language, and the way out. */
export function Frame() {
  const text = useText(app)
  const token = useToken(session)
  const queries = useQueryClient()
  const leave = () => {
    session.end()
    queries.clear()
  }
  return (
    <div className="phone">
      <a className="skip" href="#page">
        {text('skip')}
      </a>
      <header className="bar">
        <Link to="/" className="bar-name">
          {text('app')}
        </Link>
        <nav>
          {token && (
            <button type="button" className="button" data-look="plain" onClick={leave}>
              {text('leave')}
            </button>
          )}
          <LanguageSwitch />
        </nav>
      </header>
      <main className="page" id="page">
        <Outlet />
      </main>
    </div>
  )
}
