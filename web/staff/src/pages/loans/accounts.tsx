import { ask, Asked, Money, useText, type Shape } from '@fenqi/ui'
import { useQuery } from '@tanstack/react-query'
import { Lines } from '../../parts/lines'
import { Section } from '../../parts/section'
import { api } from '../../session'
import { loans as texts } from '../../texts/loans'
import { accountNames } from '../../texts/names'

/** What the loan's own accounts hold now. */
export function LoanAccounts({ loan_id }: { loan_id: string }) {
  const text = useText(texts)
  const account = useText(accountNames)
  const query = useQuery({
    queryKey: ['loans', loan_id, 'accounts'],
    queryFn: () => ask(api.GET('/staff/ledger/accounts', { params: { query: { owner: loan_id } } })),
  })
  return (
    <Section title={text('accounts')}>
      <Asked query={query}>
        {(data) => (
          <Lines<Shape['AccountLine']>
            label={text('accounts')}
            rows={data.accounts}
            empty={text('none')}
            rowKey={(line) => line.account_id}
            columns={[
              { key: 'kind', title: text('account'), show: (line) => account(line.kind) },
              {
                key: 'balance',
                title: text('amount'),
                figure: true,
                show: (line) => <Money minor={line.balance_minor} currency={line.currency} />,
              },
            ]}
          />
        )}
      </Asked>
    </Section>
  )
}
