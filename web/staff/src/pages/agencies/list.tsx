import { ask, Asked, Day, Money, useText, type Shape } from '@fenqi/ui'
import { useQuery } from '@tanstack/react-query'
import { ExportButton } from '../../parts/export_button'
import { Lines } from '../../parts/lines'
import { useMe } from '../../parts/me'
import { PageHead } from '../../parts/page_head'
import { api } from '../../session'
import { agencies as texts } from '../../texts/agencies'
import { AddAgency } from './add'
import { ChangeAgency } from './change'
import { AgencyChanges } from './changes'

/** Agencies on the list: their contracts, what they have in hand, and what they have earned. */
export function AgenciesPage() {
  const text = useText(texts)
  const { has } = useMe()
  const query = useQuery({ queryKey: ['agencies'], queryFn: () => ask(api.GET('/staff/agencies')) })
  return (
    <>
      <PageHead title={text('agencies')} />
      <Asked query={query}>
        {(data) => (
          <Lines<Shape['AgencyLine']>
            label={text('agencies')}
            rows={data.agencies}
            empty={text('noAgencies')}
            rowKey={(line) => line.agency_id}
            columns={[
              { key: 'name', title: text('name'), show: (line) => line.name },
              { key: 'from', title: text('contractFrom'), show: (line) => <Day on={line.contract_from} /> },
              { key: 'until', title: text('contractUntil'), show: (line) => <Day on={line.contract_until} /> },
              { key: 'assessed', title: text('assessedOn'), show: (line) => <Day on={line.assessed_on} /> },
              { key: 'permille', title: text('permille'), figure: true, show: (line) => line.commission_permille },
              { key: 'cases', title: text('caseCount'), figure: true, show: (line) => line.case_count },
              { key: 'earned', title: text('earned'), figure: true, show: (line) => <Money minor={line.commission_minor} /> },
              {
                key: 'file',
                title: text('file'),
                show: (line) => has('collector', 'compliance') && <CaseFile agency_id={line.agency_id} />,
              },
            ]}
          />
        )}
      </Asked>
      {has('risk') && query.data && <ChangeAgency agencies={query.data.agencies} />}
      {has('risk') && <AddAgency />}
      {query.data && query.data.changes.length > 0 && <AgencyChanges list={query.data} />}
    </>
  )
}

function CaseFile({ agency_id }: { agency_id: string }) {
  return (
    <ExportButton
      name="agency-cases.csv"
      fetchText={() => api.GET('/staff/agencies/{agency_id}/file', { params: { path: { agency_id } }, parseAs: 'text' })}
    />
  )
}
