import { useEffect, useRef, type ReactNode } from 'react'

/** The heading of a step; when a step follows another, the reader is taken to it. */
export function Heading({ children }: { children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (document.activeElement === document.body) heading.current?.focus({ preventScroll: true })
    window.scrollTo({ top: 0 })
  }, [])
  return (
    <h1 ref={heading} tabIndex={-1} className="heading">
      {children}
    </h1>
  )
}
