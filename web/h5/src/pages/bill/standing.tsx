import { useText, type Shape } from '@fenqi/ui'
import { bills } from '../../texts/bills'

const TONES = { open: 'busy', paid: 'good', late: 'bad' } satisfies Record<Shape['BillStanding'], string>
const SIGNS = { open: '…', paid: '✓', late: '!' } satisfies Record<Shape['BillStanding'], string>

/** How a bill stands, by a word, a sign and a colour. */
export function Standing({ status }: { status: Shape['BillStanding'] }) {
  const text = useText(bills)
  return (
    <span className="badge" data-tone={TONES[status]}>
      {SIGNS[status]} {text(`status_${status}`)}
    </span>
  )
}
