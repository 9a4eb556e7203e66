import { Card } from 'antd'
import { useId, type ReactNode } from 'react'

/** A part of a page under a heading of its own. */
export function Section({ title, extra, children }: { title: string; extra?: ReactNode; children: ReactNode }) {
  const id = useId()
  return (
    <section aria-labelledby={id} className="part">
      <Card size="small" title={<h2 id={id}>{title}</h2>} extra={extra}>
        {children}
      </Card>
    </section>
  )
}
