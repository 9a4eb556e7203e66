import { Money, useText, type Shape } from '@fenqi/ui'
import { useAddress } from '../../parts/address'
import { ChoiceList } from '../../parts/choice'
import { TextFilter } from '../../parts/filters'
import { KeyList } from '../../parts/key_list'
import type { Column } from '../../parts/lines'
import { PageHead } from '../../parts/page_head'
import { ShortId } from '../../parts/short_id'
import { api } from '../../session'
import { books as texts } from '../../texts/books'
import { ACCOUNT_KINDS, accountNames } from '../../texts/names'
import { parts } from '../../texts/parts'

type Line = Shape['AccountLine']

/** The accounts of a kind or of an owner. */
export function AccountsPage() {
  const text = useText(texts)
  return (
    <>
      <PageHead title={text('accounts')} />
      <KeyList
        name="accounts"
        label={text('accounts')}
        queryKey={['ledger', 'accounts']}
        fetchPage={(query) => api.GET('/staff/ledger/accounts', { params: { query } })}
        fetchFile={(query) => api.GET('/staff/exports/accounts', { params: { query }, parseAs: 'text' })}
        rows={(data) => data.accounts}
        columns={useColumns()}
        rowKey={(line) => line.account_id}
        empty={text('none')}
        tools={<Filters />}
      />
    </>
  )
}

/** Without an owner, one kind is looked at, and at first the bank. */
function Filters() {
  const text = useText(texts)
  const more = useText(parts)
  const account = useText(accountNames)
  const { value, filter } = useAddress()
  const isOwned = value('owner') !== ''
  return (
    <>
      <ChoiceList
        label={text('accountKind')}
        value={value('kind') || (isOwned ? '' : 'bank_cash')}
        options={ACCOUNT_KINDS.map((kind) => ({ value: kind, label: account(kind) }))}
        onChange={(kind) => filter({ kind })}
        {...(isOwned ? { none: more('all') } : {})}
      />
      <TextFilter name="owner" label={text('owner')} />
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
    { key: 'bucket', title: text('bucket'), figure: true, sort: 'bucket', show: (line) => line.bucket },
    { key: 'debits', title: text('debits'), figure: true, sort: '-debits_minor', show: (line) => money(line.debits_minor, line) },
    { key: 'credits', title: text('credits'), figure: true, sort: '-credits_minor', show: (line) => money(line.credits_minor, line) },
    { key: 'balance', title: text('balance'), figure: true, sort: '-balance_minor', show: (line) => money(line.balance_minor, line) },
    { key: 'account_id', title: text('accountId'), sort: 'account_id', isHidden: true, show: (line) => <ShortId id={line.account_id} /> },
  ]
}
