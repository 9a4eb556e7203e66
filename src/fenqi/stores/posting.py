"""Write to the books: a batch of transactions in one call."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from fenqi.core.ledger.account import CHART, Account
from fenqi.core.ledger.entry import NUMBER_OF_KIND, Transaction
from fenqi.core.ledger.outcome import OUTCOMES, Result
from fenqi.stores.fetch import Connection, Statement, ask
from fenqi.stores.packed import booleans, dates, int2s, int4s, int8s, optional_int8s, optional_uuids, texts, uuids
from fenqi.stores.query import queries

_SQL = queries("posting")


@dataclass(frozen=True)
class Outcomes:
    """The answer of the books to each transaction of a call."""

    outcomes: list[int]


async def post(
    connection: Connection, transactions: Sequence[Transaction], *, posted_at: datetime
) -> tuple[Result, ...]:
    """Write transactions, in order; each is taken or refused as a whole and has its own result.

    One call to the database, more only where an id or a hold is named twice. Accounts come to be when first named.
    An id is known in its bucket: the same id in another one is another transaction.
    """
    results: list[Result] = []
    for part in _without_repetition(transactions):
        found = await ask(connection, _to_post(part, posted_at=posted_at))
        results += _results(part, found)
    return tuple(results)


def _to_post(transactions: Sequence[Transaction], *, posted_at: datetime) -> Statement[Outcomes]:
    """Writes transactions in one call, in which no id and no hold may be named twice."""
    if len(transactions) == 1 and transactions[0].captures is None:
        return _to_post_one(transactions[0], posted_at=posted_at, is_demanded=False)
    return Statement(Outcomes, _SQL["post"], _arrays(transactions, posted_at=posted_at))


def _results(transactions: Sequence[Transaction], found: Sequence[Outcomes]) -> Iterator[Result]:
    outcomes = [number for row in found for number in row.outcomes]
    for transaction, number in zip(transactions, outcomes, strict=True):
        yield Result(transaction.transaction_id, OUTCOMES[number])


def to_demand(transaction: Transaction, *, posted_at: datetime) -> Statement[Outcomes]:
    """Writes a transaction that captures no hold, or fails with everything that travels after it."""
    return _to_post_one(transaction, posted_at=posted_at, is_demanded=True)


def _to_post_one(transaction: Transaction, *, posted_at: datetime, is_demanded: bool) -> Statement[Outcomes]:
    parameters = _one(transaction, posted_at=posted_at) | {"p_is_demanded": is_demanded}
    return Statement(Outcomes, _SQL["post_one"], parameters)


def _without_repetition(transactions: Sequence[Transaction]) -> Iterator[Sequence[Transaction]]:
    start, seen = 0, set[UUID | None]()
    for position, transaction in enumerate(transactions):
        names = {transaction.transaction_id, transaction.captures} - {None}
        if names & seen:
            yield transactions[start:position]
            start = position
            seen.clear()
        seen |= names
    if transactions:
        yield transactions[start:]


def _one(transaction: Transaction, *, posted_at: datetime) -> dict[str, Any]:
    legs = transaction.legs
    accounts = {account.account_id: account for leg in legs for account in (leg.debit, leg.credit)}
    place = {account_id: position for position, account_id in enumerate(sorted(accounts))}
    debited, credited = [0] * len(place), [0] * len(place)
    for leg in legs:
        debited[place[leg.debit.account_id]] += leg.amount_minor
        credited[place[leg.credit.account_id]] += leg.amount_minor
    return {
        "p_bucket": transaction.bucket,
        "p_posted_at": posted_at,
        "t_id": transaction.transaction_id,
        "t_hash": transaction.payload_hash,
        "t_kind": NUMBER_OF_KIND[transaction.kind],
        "t_effective_on": transaction.effective_on,
        "t_value_on": transaction.value_on,
        "t_is_forced": transaction.is_forced,
        "t_loan_id": transaction.loan_id,
        "t_reference": transaction.reference,
        "t_note": transaction.note,
        **_account_columns([accounts[account_id] for account_id in place]),
        "a_debit": int8s(debited),
        "a_credit": int8s(credited),
        "l_debit": int2s([place[leg.debit.account_id] + 1 for leg in legs]),
        "l_credit": int2s([place[leg.credit.account_id] + 1 for leg in legs]),
        "l_amount_minor": int8s([leg.amount_minor for leg in legs]),
    }


def _arrays(transactions: Sequence[Transaction], *, posted_at: datetime) -> dict[str, Any]:
    lane = sorted({transaction.bucket for transaction in transactions})
    return {
        "p_bucket": lane[0],
        "p_buckets": int2s(lane),
        "p_posted_at": posted_at,
        **_transaction_arrays(transactions, lane),
        **_account_arrays(transactions),
        **_leg_arrays(transactions),
        **_capture_arrays(transactions),
    }


def _transaction_arrays(transactions: Sequence[Transaction], lane: Sequence[int]) -> dict[str, Any]:
    slots = {bucket: slot for slot, bucket in enumerate(lane, start=1)}
    leg_from, leg_froms = 1, list[int]()
    for transaction in transactions:
        leg_froms.append(leg_from)
        leg_from += len(transaction.legs)
    return {
        "t_bucket": int2s([each.bucket for each in transactions]),
        "t_slot": int2s([slots[each.bucket] for each in transactions]),
        "t_id": uuids([each.transaction_id for each in transactions]),
        "t_hash": uuids([each.payload_hash for each in transactions]),
        "t_kind": int2s([NUMBER_OF_KIND[each.kind] for each in transactions]),
        "t_effective_on": dates([each.effective_on for each in transactions]),
        "t_value_on": dates([each.value_on for each in transactions]),
        "t_leg_from": int4s(leg_froms),
        "t_leg_count": int2s([len(each.legs) for each in transactions]),
        "t_is_forced": booleans([each.is_forced for each in transactions]),
        "t_loan_id": optional_uuids([each.loan_id for each in transactions]),
        "t_reference": optional_uuids([each.reference for each in transactions]),
        "t_captures": optional_uuids([each.captures for each in transactions]),
        "t_note": texts(each.note for each in transactions),
    }


def _account_arrays(transactions: Sequence[Transaction]) -> dict[str, Any]:
    accounts = {
        account.account_id: account
        for transaction in transactions
        for leg in transaction.legs
        for account in (leg.debit, leg.credit)
    }
    every_account = [accounts[account_id] for account_id in sorted(accounts)]
    return {"a_bucket": int2s([account.bucket for account in every_account]), **_account_columns(every_account)}


def _account_columns(accounts: Sequence[Account]) -> dict[str, Any]:
    return {
        "a_id": uuids([account.account_id for account in accounts]),
        "a_kind": int2s([CHART[account.kind].number for account in accounts]),
        "a_owner": uuids([account.owner for account in accounts]),
        "a_ledger": int2s([account.ledger for account in accounts]),
        "a_floor_minor": optional_int8s([account.floor_minor for account in accounts]),
    }


def _leg_arrays(transactions: Sequence[Transaction]) -> dict[str, Any]:
    legs = [(position, leg) for position, transaction in enumerate(transactions, start=1) for leg in transaction.legs]
    return {
        "l_bucket": int2s([leg.debit.bucket for _, leg in legs]),
        "l_transaction": int4s([position for position, _ in legs]),
        "l_debit": uuids([leg.debit.account_id for _, leg in legs]),
        "l_credit": uuids([leg.credit.account_id for _, leg in legs]),
        "l_amount_minor": int8s([leg.amount_minor for _, leg in legs]),
        "l_ledger": int2s([leg.debit.ledger for _, leg in legs]),
    }


_NO_CAPTURE: Mapping[str, None] = dict.fromkeys(
    ("c_bucket", "c_transaction", "c_hold", "c_debit", "c_credit", "c_drawn_minor", "c_ledger")
)


def _capture_arrays(transactions: Sequence[Transaction]) -> Mapping[str, Any]:
    captures = [
        (position, each.captures, each.legs[0])
        for position, each in enumerate(transactions, start=1)
        if each.captures is not None
    ]
    if not captures:
        return _NO_CAPTURE
    return {
        "c_bucket": int2s([leg.debit.bucket for _, _, leg in captures]),
        "c_transaction": int4s([position for position, _, _ in captures]),
        "c_hold": uuids([hold_id for _, hold_id, _ in captures]),
        "c_debit": uuids([leg.debit.account_id for _, _, leg in captures]),
        "c_credit": uuids([leg.credit.account_id for _, _, leg in captures]),
        "c_drawn_minor": int8s([leg.amount_minor for _, _, leg in captures]),
        "c_ledger": int2s([leg.debit.ledger for _, _, leg in captures]),
    }
