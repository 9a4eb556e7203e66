import { LanguageSwitch, useText, useToken } from '@fenqi/ui'
import { Layout } from 'antd'
import { Outlet } from 'react-router'
import { LogInPage } from './pages/session/log_in'
import { session } from './session'
import { texts } from './texts'

/** The console around its pages; without a session there is only the way in. */
export function Frame() {
  const text = useText(texts)
  const token = useToken(session)
  return (
    <Layout style={{ minHeight: '100vh' }}>
      <header className="staff-head">
        <strong>{text('console')}</strong>
        <LanguageSwitch />
      </header>
      <main className="staff-main">{token ? <Outlet /> : <LogInPage />}</main>
    </Layout>
  )
}
