import { ask, Asked, Money, money, useLanguage, useText, type Shape } from '@fenqi/ui'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { ExportButton } from '../../parts/export_button'
import { Lines } from '../../parts/lines'
import { PageHead } from '../../parts/page_head'
import { api } from '../../session'
import { books as texts } from '../../texts/books'
import { accountNames } from '../../texts/names'

type Line = Shape['TrialLine']

/** The whole book by kind of account. */
export function TrialBalancePage() {
  const text = useText(texts)
  const account = useText(accountNames)
  const { language } = useLanguage()
  const query = useQuery({
    queryKey: ['ledger', 'trial-balance'],
    queryFn: () => ask(api.GET('/staff/ledger/trial-balance')),
  })
  const amount = (minor: number, line: Line) => <Money minor={minor} currency={line.currency} />
  return (
    <>
      <PageHead title={text('trialBalance')}>
        <ExportButton
          name="trial-balance.csv"
          fetchText={() => api.GET('/staff/exports/trial-balance', { parseAs: 'text' })}
        />
      </PageHead>
      <Asked query={query} isEmpty={(data) => data.lines.length === 0} empty={text('none')}>
        {(data) => (
          <>
            <Lines<Line>
              label={text('trialBalance')}
              rows={data.lines}
              rowKey={(line) => `${line.kind} ${line.currency}`}
              columns={[
                { key: 'subject', title: text('subject'), show: (line) => line.subject_code || text('memo') },
                {
                  key: 'kind',
                  title: text('account'),
                  show: (line) => <Link to={`/ledger/accounts?kind=${line.kind}`}>{account(line.kind)}</Link>,
                },
                { key: 'side', title: text('side'), show: (line) => text(line.normal_side) },
                { key: 'debits', title: text('debits'), figure: true, show: (line) => amount(line.debits_minor, line) },
                { key: 'credits', title: text('credits'), figure: true, show: (line) => amount(line.credits_minor, line) },
                { key: 'balance', title: text('balance'), figure: true, show: (line) => amount(line.balance_minor, line) },
              ]}
            />
            <p>
              {text('sums', { debits: money(data.debits_minor, language), credits: money(data.credits_minor, language) })}
            </p>
          </>
        )}
      </Asked>
    </>
  )
}
