import { Day, Instant, useText, type Shape } from '@fenqi/ui'
import { Lines } from '../../parts/lines'
import { Section } from '../../parts/section'
import { agencies as texts } from '../../texts/agencies'

type List = Shape['AgenciesShape']

/** What has changed on the list of agencies lately, by whom and why. */
export function AgencyChanges({ list }: { list: List }) {
  const text = useText(texts)
  const names = new Map(list.agencies.map((one) => [one.agency_id, one.name]))
  return (
    <Section title={text('agencyChanges')}>
      <Lines<Shape['AgencyChangeLine']>
        label={text('agencyChanges')}
        rows={list.changes}
        rowKey={(line) => line.change_id}
        columns={[
          { key: 'name', title: text('name'), show: (line) => names.get(line.agency_id) },
          { key: 'kind', title: text('changeKind'), show: (line) => text(`agency_${line.kind}`) },
          { key: 'was', title: text('wasOn'), show: (line) => <Day on={line.was_on} /> },
          { key: 'is', title: text('isOn'), show: (line) => <Day on={line.is_on} /> },
          { key: 'why', title: text('changeWhy'), show: (line) => line.why },
          { key: 'by', title: text('changedBy'), show: (line) => line.changed_by },
          { key: 'at', title: text('changedAt'), show: (line) => <Instant at={line.changed_at} /> },
        ]}
      />
    </Section>
  )
}
