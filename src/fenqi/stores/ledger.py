"""The books as they read: balances, the journal, and the days that are still open."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from fenqi.core.ledger.account import BUCKET_COUNT, CHART, Account, AccountKind, Side
from fenqi.stores.fetch import Connection, Statement, ask, every, first
from fenqi.stores.packed import int2s, uuids
from fenqi.stores.query import queries

_SQL = queries("ledger")
EVERY_BUCKET = tuple(range(BUCKET_COUNT))


@dataclass(frozen=True, kw_only=True)
class Sums:
    """What an account has on its two sides, posted and held."""

    debits_posted: int = 0
    credits_posted: int = 0
    debits_pending: int = 0
    credits_pending: int = 0

    @property
    def available_minor(self) -> int:
        """The credit balance less what is held against it: what a floored account may still give."""
        return self.credits_posted - self.debits_posted - self.debits_pending

    def balance_minor(self, kind: AccountKind) -> int:
        """The posted balance on the side where the kind normally has it."""
        return self.on_side(CHART[kind].normal_side)

    def on_side(self, side: Side) -> int:
        """The posted balance, positive on the given side."""
        balance = self.debits_posted - self.credits_posted
        return balance if side is Side.DEBIT else -balance


@dataclass(frozen=True, kw_only=True)
class OwnedAccount(Sums):
    """An account as it stands, named."""

    account_id: UUID
    kind: str
    owner: UUID
    currency: str
    bucket: int


@dataclass(frozen=True, kw_only=True)
class KindSums(Sums):
    """All accounts of a kind and currency together."""

    kind: str
    currency: str


@dataclass(frozen=True)
class JournalLeg:
    """A leg as it reads in the journal."""

    bucket: int
    seq: int
    transaction_id: UUID
    kind: str
    effective_on: date
    value_on: date
    posted_at: datetime
    debit_kind: str
    debit_owner: UUID
    credit_kind: str
    credit_owner: UUID
    amount_minor: int
    currency: str
    loan_id: UUID | None
    reference: UUID | None
    note: str


@dataclass(frozen=True, kw_only=True)
class AccountSums(Sums):
    """An account as it stands."""

    account_id: UUID


@dataclass(frozen=True)
class _Closed:
    closed_count: int


@dataclass(frozen=True)
class _OpenFrom:
    b: int
    open_from: date


async def close_period(
    connection: Connection, *, until_on: date, closed_at: datetime, lane: Sequence[int] = EVERY_BUCKET
) -> int:
    """Close everything before a day in the buckets of a lane; how many buckets were open until now."""
    parameters = {"b": lane[0], "lane": int2s(sorted(lane)), "closed_until": until_on, "closed_at": closed_at}
    found = await first(connection, _Closed, _SQL["close_period"], parameters)
    return found.closed_count if found else 0


async def open_from(connection: Connection, *, lane: Sequence[int]) -> dict[int, date]:
    """The first day that is open in each bucket of a lane; where none was closed, the first day there is."""
    found = await every(connection, _OpenFrom, _SQL["open_from"], {"lane": int2s(lane)})
    return {row.b: row.open_from for row in found}


async def balances(connection: Connection, accounts: Sequence[Account]) -> tuple[Sums, ...]:
    """What accounts have on their sides, in the order asked; nothing where an account was never used."""
    return in_order(accounts, await ask(connection, to_read_balances(accounts)))


def to_read_balances(accounts: Sequence[Account]) -> Statement[AccountSums]:
    """Reads what accounts have on their sides."""
    parameters = {
        "lane": int2s(sorted({account.bucket for account in accounts})),
        "account_ids": uuids([account.account_id for account in accounts]),
    }
    return Statement(AccountSums, _SQL["balances"], parameters)


def in_order(accounts: Sequence[Account], found: Iterable[AccountSums]) -> tuple[Sums, ...]:
    """What was read, in the order of the accounts; nothing where an account was never used."""
    by_id = {sums.account_id: sums for sums in found}
    return tuple(by_id.get(account.account_id, Sums()) for account in accounts)


async def balance(connection: Connection, account: Account) -> Sums:
    """What one account has on its sides."""
    (sums,) = await balances(connection, (account,))
    return sums


async def total(
    connection: Connection, *, kind: AccountKind, owner: UUID, currency: str, lane: Sequence[int] = EVERY_BUCKET
) -> Sums:
    """The stripes of an account together."""
    stripes = await balances(connection, [Account(kind, owner, currency, bucket) for bucket in lane])
    return Sums(
        debits_posted=sum(stripe.debits_posted for stripe in stripes),
        credits_posted=sum(stripe.credits_posted for stripe in stripes),
        debits_pending=sum(stripe.debits_pending for stripe in stripes),
        credits_pending=sum(stripe.credits_pending for stripe in stripes),
    )


async def balance_on(connection: Connection, account: Account, *, day: date) -> Sums:
    """What an account had on its sides at the end of a day of the accounts."""
    return await _balance_on(connection, "balance_effective_on", account, day)


async def balance_value_on(connection: Connection, account: Account, *, day: date) -> Sums:
    """What an account had on its sides at the end of a day, counting events on the day they happened."""
    return await _balance_on(connection, "balance_value_on", account, day)


async def _balance_on(connection: Connection, query: str, account: Account, day: date) -> Sums:
    parameters = {"b": account.bucket, "account_id": account.account_id, "day": day}
    return await first(connection, Sums, _SQL[query], parameters) or Sums()


async def accounts_of(connection: Connection, *, bucket: int, owner: UUID) -> tuple[OwnedAccount, ...]:
    """Every account of a loan, a customer or a merchant in one bucket."""
    return await every(connection, OwnedAccount, _SQL["accounts_of"], {"b": bucket, "owner": owner})


async def legs_of_loan(connection: Connection, *, bucket: int, loan_id: UUID) -> tuple[JournalLeg, ...]:
    """Every leg of a loan's transactions, in the order written."""
    return await every(connection, JournalLeg, _SQL["legs_of_loan"], {"b": bucket, "loan_id": loan_id})


async def legs_of_transaction(connection: Connection, *, bucket: int, transaction_id: UUID) -> tuple[JournalLeg, ...]:
    """Every leg of one transaction."""
    parameters = {"b": bucket, "transaction_id": transaction_id}
    return await every(connection, JournalLeg, _SQL["legs_of_transaction"], parameters)


async def trial_balance(connection: Connection) -> tuple[KindSums, ...]:
    """The whole book by kind and currency."""
    return await every(connection, KindSums, _SQL["trial_balance"], {})
