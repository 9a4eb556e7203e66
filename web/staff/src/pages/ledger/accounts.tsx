import { ask, Money, useText, type Shape } from '@fenqi/ui'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Input } from 'antd'
import { useAddress } from '../../parts/address'
import { Labelled } from '../../parts/labelled'
import { KeyList } from '../../parts/key_list'
import type { Column } from '../../parts/lines'
import { PageHead } from '../../parts/page_head'
import { ShortId } from '../../parts/short_id'
import { api } from '../../session'
import { books as texts } from '../../texts/books'
import { ACCOUNT_KINDS, accountNames } from '../../texts/names'

type Line = Shape['AccountLine']

/** The accounts of a kind or of an owner. */
export function AccountsPage() {
  const text = useText(texts)
  const address = useAddress()
  const query = useQuery({
    queryKey: ['ledger', 'accounts', address.query],
    queryFn: () => ask(api.GET('/staff/ledger/accounts', { params: { query: address.query as { owner?: string } } })),
    placeholderData: keepPreviousData,
  })
  return (
    <>
      <PageHead title={text('accounts')} />
      <KeyList
        name="accounts"
        label={text('accounts')}
        query={query}
        rows={(data) => data.accounts}
        next={(data) => data.next}
        columns={useColumns()}
        rowKey={(line) => line.account_id}
        empty={text('none')}
        tools={<Filters />}
      />
    </>
  )
}

function Filters() {
  const text = useText(texts)
  const account = useText(accountNames)
  const { value, filter } = useAddress()
  return (
    <>
      <Labelled label={text('accountKind')}>
        {(id) => (
          <select id={id} value={value('kind') || 'bank_cash'} onChange={(event) => filter({ kind: event.target.value, owner: '' })}>
            {ACCOUNT_KINDS.map((kind) => (
              <option key={kind} value={kind}>
                {account(kind)}
              </option>
            ))}
          </select>
        )}
      </Labelled>
      <Labelled label={text('owner')}>
        {(id) => (
          <Input.Search
            id={id}
            key={value('owner')}
            defaultValue={value('owner')}
            enterButton={text('show')}
            onSearch={(owner) => filter({ owner: owner.trim() })}
          />
        )}
      </Labelled>
    </>
  )
}

function useColumns(): Column<Line>[] {
  const text = useText(texts)
  const account = useText(accountNames)
  const money = (minor: number, line: Line) => <Money minor={minor} currency={line.currency} />
  return [
    { key: 'kind', title: text('account'), show: (line) => account(line.kind) },
    { key: 'owner', title: text('owned'), show: (line) => (line.owner ? <ShortId id={line.owner} /> : text('lender')) },
    { key: 'bucket', title: text('bucket'), figure: true, show: (line) => line.bucket },
    { key: 'debits', title: text('debits'), figure: true, show: (line) => money(line.debits_minor, line) },
    { key: 'credits', title: text('credits'), figure: true, show: (line) => money(line.credits_minor, line) },
    { key: 'balance', title: text('balance'), figure: true, show: (line) => money(line.balance_minor, line) },
    { key: 'account_id', title: text('account'), isHidden: true, show: (line) => <ShortId id={line.account_id} /> },
  ]
}
