import { Day, Money, Permille, useText } from '@fenqi/ui'
import { Lines } from '../../parts/lines'
import { Section } from '../../parts/section'
import { portfolio as texts } from '../../texts/portfolio'
import type { Portfolio } from './detail'
import { Export } from './export'

/** Categories of risk, and what is set aside. */
export function Quality({ found }: { found: Portfolio }) {
  const text = useText(texts)
  return (
    <div className="columns">
      <Section title={text('categories')} extra={<Export table="categories" />}>
        <Lines
          label={text('categories')}
          rows={found.categories}
          rowKey={(line) => `${line.month_on} ${line.category} ${line.why}`}
          columns={[
            { key: 'month', title: text('month'), show: (line) => <Day on={line.month_on} /> },
            { key: 'category', title: text('category'), show: (line) => text(line.category) },
            { key: 'why', title: text('why'), show: (line) => text(line.why) },
            { key: 'loans', title: text('loans'), figure: true, show: (line) => line.loan_count },
            { key: 'owed', title: text('owed'), figure: true, show: (line) => <Money minor={line.owed_minor} /> },
            { key: 'share', title: text('share'), figure: true, show: (line) => <Permille thousandths={line.permille} /> },
          ]}
        />
      </Section>
      <Section title={text('provisions')} extra={<Export table="provisions" />}>
        <Lines
          label={text('provisions')}
          rows={found.provisions}
          rowKey={(line) => `${line.month_on} ${line.stage}`}
          columns={[
            { key: 'month', title: text('month'), show: (line) => <Day on={line.month_on} /> },
            { key: 'stage', title: text('stage'), figure: true, show: (line) => line.stage },
            { key: 'loans', title: text('loans'), figure: true, show: (line) => line.loan_count },
            { key: 'owed', title: text('owed'), figure: true, show: (line) => <Money minor={line.owed_minor} /> },
            { key: 'suspended', title: text('suspended'), figure: true, show: (line) => <Money minor={line.suspended_minor} /> },
            { key: 'provision', title: text('provision'), figure: true, show: (line) => <Money minor={line.provision_minor} /> },
          ]}
        />
        <p>{text('policy')}</p>
      </Section>
    </div>
  )
}
