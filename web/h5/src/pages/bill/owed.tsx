import { Money, useText, type Shape } from '@fenqi/ui'
import type { ReactNode } from 'react'
import { bills } from '../../texts/bills'

/** What is left of a bill, and what it was. */
export function Owed({ bill, children }: { bill: Shape['BillShape'] | Shape['WholeBillShape']; children?: ReactNode }) {
  const text = useText(bills)
  return (
    <dl className="figures">
      <div className="large">
        <dt>{text('left')}</dt>
        <dd>
          <Money minor={bill.left_minor} currency={bill.currency} />
        </dd>
      </div>
      <div>
        <dt>{text('total')}</dt>
        <dd>
          <Money minor={bill.total_minor} currency={bill.currency} />
        </dd>
      </div>
      {children}
    </dl>
  )
}
