import { useEffect, type ReactNode } from 'react'

/** A page's one heading, also the tab's name, with what can be done beside it. */
export function PageHead({ title, children }: { title: string; children?: ReactNode }) {
  useEffect(() => {
    document.title = title
  }, [title])
  return (
    <div className="page-head">
      <h1>{title}</h1>
      <div className="page-tools">{children}</div>
    </div>
  )
}
