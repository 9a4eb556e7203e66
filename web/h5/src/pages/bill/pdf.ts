import { Unreachable } from '@fenqi/ui'
import { session } from '../../session'

/** Hand the printed statement of a bill to the browser as a file. */
export async function downloadPdf(billId: string): Promise<void> {
  const headers = { authorization: `Bearer ${session.token ?? ''}` }
  const response = await fetch(`/h5/bills/${billId}/pdf`, { headers }).catch(() => {
    throw new Unreachable()
  })
  if (!response.ok) throw new Unreachable()
  const address = URL.createObjectURL(await response.blob())
  const link = Object.assign(document.createElement('a'), { href: address, download: `statement-${billId.slice(0, 8)}.pdf` })
  link.click()
  URL.revokeObjectURL(address)
}
