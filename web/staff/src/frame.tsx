import { Loading, useToken } from '@fenqi/ui'
import { lazy, Suspense } from 'react'
import { Head } from './head'
import { LogInPage } from './pages/session/log_in'
import { session } from './session'

const Inside = lazy(() => import('./inside'))

/** The console; without a session there is only the way in. */
export function Frame() {
  const token = useToken(session)
  return (
    <div className="staff">
      {token ? (
        <Suspense fallback={<Loading />}>
          <Inside />
        </Suspense>
      ) : (
        <>
          <Head />
          <main className="staff-main">
            <LogInPage />
          </main>
        </>
      )}
    </div>
  )
}
