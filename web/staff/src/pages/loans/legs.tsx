import { ask, Asked, useText } from '@fenqi/ui'
import { useQuery } from '@tanstack/react-query'
import { LegLines } from '../../parts/leg_lines'
import { Section } from '../../parts/section'
import { api } from '../../session'
import { loans as texts } from '../../texts/loans'

/** Every leg in the ledger that belongs to the loan. */
export function LoanLegs({ loan_id }: { loan_id: string }) {
  const text = useText(texts)
  const query = useQuery({
    queryKey: ['loans', loan_id, 'legs'],
    queryFn: () => ask(api.GET('/staff/loans/{loan_id}/legs', { params: { path: { loan_id } } })),
  })
  return (
    <Section title={text('legs')}>
      <Asked query={query}>{(data) => <LegLines legs={data.legs} />}</Asked>
    </Section>
  )
}
