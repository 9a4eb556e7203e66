import { Day, Money, useText } from '@fenqi/ui'
import { ExportButton } from '../../parts/export_button'
import { Lines } from '../../parts/lines'
import { Section } from '../../parts/section'
import { api } from '../../session'
import { portfolio as texts } from '../../texts/portfolio'
import type { Portfolio } from './detail'
import { Export } from './export'

/** What all loans had earned at the end of each month that was not due yet, and what would have closed them. */
export function Values({ found }: { found: Portfolio }) {
  const text = useText(texts)
  return (
    <Section title={text('values')} extra={<Export table="values" />}>
      <ExportButton
        name="loan-tape.csv"
        label={text('tape')}
        fetchText={() => api.GET('/staff/exports/loan-tape', { params: { query: {} }, parseAs: 'text' })}
      />
      <Lines
        label={text('values')}
        rows={found.values}
        rowKey={(line) => line.month_on}
        columns={[
          { key: 'month', title: text('month'), show: (line) => <Day on={line.month_on} /> },
          { key: 'loans', title: text('loans'), figure: true, show: (line) => line.loan_count },
          { key: 'owed', title: text('owed'), figure: true, show: (line) => <Money minor={line.owed_minor} /> },
          { key: 'interest', title: text('interest'), figure: true, show: (line) => <Money minor={line.interest_minor} /> },
          { key: 'fee', title: text('fee'), figure: true, show: (line) => <Money minor={line.fee_minor} /> },
          { key: 'payoff', title: text('payoff'), figure: true, show: (line) => <Money minor={line.payoff_minor} /> },
        ]}
      />
    </Section>
  )
}
