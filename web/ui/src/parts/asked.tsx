import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useText } from '../i18n/language'
import { shared } from '../i18n/shared'
import { RefusalNotice } from './refusal_notice'

type Asked<T> = {
  query: UseQueryResult<T>
  /** Whether there is nothing to show, and what is shown then. */
  isEmpty?: (data: T) => boolean
  empty?: ReactNode
  children: (data: T) => ReactNode
}

/** What was asked of the service in its four states: loading, refused, empty, full. What is known stays in sight. */
export function Asked<T>({ query, isEmpty, empty, children }: Asked<T>) {
  const text = useText(shared)
  if (query.data === undefined) {
    if (query.isError) return <RefusalNotice error={query.error} again={() => void query.refetch()} />
    return <Loading />
  }
  const nothing = isEmpty?.(query.data)
  return (
    <>
      {query.isError && <RefusalNotice error={query.error} again={() => void query.refetch()} />}
      {nothing ? <div className="placeholder">{empty ?? text('empty')}</div> : children(query.data)}
    </>
  )
}

export function Loading() {
  const text = useText(shared)
  return (
    <div className="bones" role="status" aria-busy="true">
      <span className="unseen">{text('loading')}</span>
      <div className="bone" style={{ width: '45%' }} />
      <div className="bone" />
      <div className="bone" style={{ width: '80%' }} />
    </div>
  )
}
