import { Unreachable } from '@fenqi/ui'
import { session } from '../../session'

/** Hand the printed statement of a bill, in a language, to the browser as a file. */
export async function downloadPdf(billId: string, language: string): Promise<void> {
  const headers = { authorization: `Bearer ${session.token ?? ''}` }
  const response = await fetch(`/h5/bills/${billId}/pdf?language=${language}`, { headers }).catch(() => {
    throw new Unreachable()
  })
  if (!response.ok) throw new Unreachable()
  const address = URL.createObjectURL(await response.blob())
  const link = Object.assign(document.createElement('a'), { href: address, download: `statement-${billId.slice(0, 8)}.pdf` })
  link.click()
  URL.revokeObjectURL(address)
}
