import { useText } from '@fenqi/ui'
import { useEffect, useRef, type ReactNode } from 'react'
import { app } from '../texts/app'

/** The heading of a step, which also names the tab; when a step follows another, the reader is taken to it. */
export function Heading({ children }: { children: ReactNode }) {
  const text = useText(app)
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (document.activeElement === document.body) heading.current?.focus({ preventScroll: true })
    window.scrollTo({ top: 0 })
  }, [])
  useEffect(() => {
    document.title = `${heading.current?.textContent ?? ''} · ${text('app')}`
  })
  return (
    <h1 ref={heading} tabIndex={-1} className="heading">
      {children}
    </h1>
  )
}
