import { ask, LanguageSwitch, useText, useToken } from '@fenqi/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link, Outlet } from 'react-router'
import { api, session } from './session'
import { app } from './texts/app'

/** What is around every page: where one is, the language, and the way out. */
export function Frame() {
  const text = useText(app)
  const token = useToken(session)
  const queries = useQueryClient()
  const leave = useMutation({
    mutationFn: () => ask(api.DELETE('/h5/session', {})),
    onSettled: () => {
      session.end()
      queries.clear()
    },
  })
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
            <button type="button" className="button" data-look="plain" disabled={leave.isPending} onClick={() => leave.mutate()}>
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
