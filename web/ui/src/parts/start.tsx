import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode, type ReactNode } from 'react'
import { createRoot } from 'react-dom/client'
import { newQueryClient } from '../api/query'
import { LanguageProvider } from '../i18n/language'
import { ErrorBoundary } from './error_boundary'

/** Put an app into its page, with everything around it that all apps share. */
export function start(app: ReactNode): void {
  const place = document.getElementById('app')
  if (!place) throw new Error('the page has no place for the app')
  createRoot(place).render(
    <StrictMode>
      <LanguageProvider>
        <QueryClientProvider client={newQueryClient()}>
          <ErrorBoundary>{app}</ErrorBoundary>
        </QueryClientProvider>
      </LanguageProvider>
    </StrictMode>,
  )
}
