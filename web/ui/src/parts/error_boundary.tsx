import { Component, type ReactNode } from 'react'
import { useText } from '../i18n/language'
import { shared } from '../i18n/shared'

/** What a fault of ours looks like: the page says so, and offers the way back to what the service knows. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { isBroken: boolean }> {
  override state = { isBroken: false }

  static getDerivedStateFromError() {
    return { isBroken: true }
  }

  override render() {
    return this.state.isBroken ? <Broken /> : this.props.children
  }
}

export function Broken() {
  const text = useText(shared)
  return (
    <main className="placeholder" role="alert">
      <h1>{text('broken')}</h1>
      <p>{text('brokenHelp')}</p>
      <button type="button" className="button" onClick={() => window.location.reload()}>
        {text('reload')}
      </button>
    </main>
  )
}
