import { ask, Asked, Badge, Instant, Money, useText, type Shape } from '@fenqi/ui'
import { useQuery } from '@tanstack/react-query'
import { useAddress } from '../../parts/address'
import { DaysFilter } from '../../parts/filters'
import { Lines } from '../../parts/lines'
import { PageHead } from '../../parts/page_head'
import { Section } from '../../parts/section'
import { api } from '../../session'
import { cases as texts } from '../../texts/cases'
import { CaseLinks } from './links'

type Figures = Shape['CaseFiguresShape']

/** What waits, and who ended what and how fast. */
export function CaseFiguresPage() {
  const text = useText(texts)
  const { query: wanted } = useAddress()
  const query = useQuery({
    queryKey: ['cases', 'figures', wanted],
    queryFn: () => ask(api.GET('/staff/case-figures', { params: { query: wanted } })),
  })
  return (
    <>
      <PageHead title={text('figuresTitle')}>
        <CaseLinks />
      </PageHead>
      <div className="list-tools">
        <DaysFilter what={text('closedAt')} />
      </div>
      <Asked query={query}>
        {(figures) => (
          <>
            <Waiting lines={figures.waiting} />
            <Answered lines={figures.answered} />
          </>
        )}
      </Asked>
    </>
  )
}

function Waiting({ lines }: { lines: Figures['waiting'] }) {
  const text = useText(texts)
  return (
    <Section title={text('waiting')}>
      <Lines
        label={text('waiting')}
        rows={lines}
        empty={text('noneWaiting')}
        rowKey={(line) => `${line.level} ${line.kind}`}
        columns={[
          { key: 'level', title: text('level'), show: (line) => <Badge kind="case_level" status={line.level} /> },
          { key: 'kind', title: text('kind'), show: (line) => <Badge kind="case_kind" status={line.kind} /> },
          { key: 'count', title: text('count'), figure: true, show: (line) => line.case_count },
          { key: 'late', title: text('lateCount'), figure: true, show: (line) => line.late_count },
          { key: 'stake', title: text('stake'), figure: true, show: (line) => <Money minor={line.expected_loss_minor} /> },
          { key: 'oldest', title: text('oldest'), show: (line) => <Instant at={line.oldest_at} /> },
        ]}
      />
    </Section>
  )
}

function Answered({ lines }: { lines: Figures['answered'] }) {
  const text = useText(texts)
  return (
    <Section title={text('answered')}>
      <Lines
        label={text('answered')}
        rows={lines}
        empty={text('noneAnswered')}
        rowKey={(line) => `${line.closed_by} ${line.disposition}`}
        columns={[
          { key: 'by', title: text('closedBy'), show: (line) => line.closed_by },
          { key: 'found', title: text('found'), show: (line) => <Badge kind="finding" status={line.disposition} /> },
          { key: 'count', title: text('count'), figure: true, show: (line) => line.case_count },
          { key: 'late', title: text('lateCount'), figure: true, show: (line) => line.late_count },
          {
            key: 'median',
            title: text('median'),
            figure: true,
            show: (line) => text('minutes', { minutes: Math.round(line.median_seconds / 60) }),
          },
        ]}
      />
    </Section>
  )
}
