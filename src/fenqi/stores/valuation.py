"""Loans and their instalments as columns, to value them together, and what they were worth at the ends of months."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from fenqi.stores.fetch import Connection, change, every, first
from fenqi.stores.packed import int2s, int8s, uuids
from fenqi.stores.query import queries

_SQL = queries("valuation")


@dataclass(frozen=True)
class UnvaluedMonth:
    """A bucket that has closed a month whose loans nobody has valued."""

    b: int
    month_on: date


@dataclass(frozen=True)
class _LoanId:
    loan_id: UUID


@dataclass(frozen=True)
class LoanColumns:
    """Loans, by id: 16 bytes of an id, 8 of a number, the highest first; None where there are none.

    Units: days are ordinals.
    """

    loan_id: bytes | None
    drawn_on: bytes | None
    terms_key: bytes | None
    is_plain: bytes | None
    """1 where nothing has happened to the loan but a draw and payments, and its instalments foretell the day."""


@dataclass(frozen=True)
class RowColumns:
    """Their instalments by due day, as numbers of 8 bytes; `loan_of` is the place of a row's loan.

    Units: days are ordinals, amounts minor units.
    """

    loan_of: bytes | None
    due_on: bytes | None
    outstanding_minor: bytes | None
    principal_unpaid_minor: bytes | None
    late_weight: bytes | None
    late_from_on: bytes | None
    principal_minor: bytes | None
    interest_minor: bytes | None
    fee_minor: bytes | None


@dataclass(frozen=True)
class KeyedTerms:
    """An agreement of those whose terms and policy have a key."""

    terms_key: int
    terms: dict[str, Any]


@dataclass(frozen=True)
class MonthValue:
    """All open loans at the end of a month: what they owed, what they had earned that was not due, what closed them."""

    month_on: date
    loan_count: int
    owed_minor: int
    interest_minor: int
    fee_minor: int
    payoff_minor: int


async def unvalued(connection: Connection, *, lane: Sequence[int]) -> tuple[UnvaluedMonth, ...]:
    """What is still to be valued in a lane, the oldest month first."""
    return await every(connection, UnvaluedMonth, _SQL["unvalued"], {"lane": int2s(lane)})


async def loans_of_month(connection: Connection, *, b: int, day: date) -> tuple[UUID, ...]:
    """The loans of a bucket that were open at the end of a month."""
    return await _ids(connection, "of_month", b=b, day=day)


async def open_loans(connection: Connection, *, b: int, day: date) -> tuple[UUID, ...]:
    """The loans of a bucket that may be open on a day."""
    return await _ids(connection, "open_loans", b=b, day=day)


async def _ids(connection: Connection, name: str, *, b: int, day: date) -> tuple[UUID, ...]:
    return tuple(found.loan_id for found in await every(connection, _LoanId, _SQL[name], {"b": b, "day": day}))


async def loan_columns(connection: Connection, *, b: int, loan_ids: Sequence[UUID], day: date) -> LoanColumns | None:
    """Loans of a bucket in columns."""
    parameters = {"b": b, "loan_ids": uuids(loan_ids), "day": day}
    return await first(connection, LoanColumns, _SQL["loan_columns"], parameters)


async def row_columns(connection: Connection, *, b: int, loan_ids: Sequence[UUID]) -> RowColumns | None:
    """Their instalments in columns."""
    return await first(connection, RowColumns, _SQL["row_columns"], {"b": b, "loan_ids": uuids(loan_ids)})


async def terms_of(connection: Connection, *, b: int, loan_ids: Sequence[UUID]) -> tuple[KeyedTerms, ...]:
    """One agreement of each kind among loans, by key."""
    return await every(connection, KeyedTerms, _SQL["terms_of"], {"b": b, "loan_ids": uuids(loan_ids)})


async def add_values(
    connection: Connection,
    *,
    b: int,
    day: date,
    loan_ids: Sequence[UUID],
    interest_minor: Sequence[int],
    fee_minor: Sequence[int],
    payoff_minor: Sequence[int],
) -> int:
    """Keep what loans were worth at the end of a month."""
    parameters = {
        "b": b,
        "day": day,
        "loan_ids": uuids(loan_ids),
        "interest_minor": int8s(interest_minor),
        "fee_minor": int8s(fee_minor),
        "payoff_minor": int8s(payoff_minor),
    }
    return await change(connection, _SQL["add_values"], parameters)


async def mark(
    connection: Connection, *, b: int, day: date, loan_count: int, replayed_count: int, valued_at: datetime
) -> int:
    """Note that a bucket's month is valued; 0 if somebody else was first."""
    parameters = {
        "b": b,
        "day": day,
        "loan_count": loan_count,
        "replayed_count": replayed_count,
        "valued_at": valued_at,
    }
    return await change(connection, _SQL["mark"], parameters)


async def months(connection: Connection, *, after_on: date, currency: str) -> tuple[MonthValue, ...]:
    """What all loans were worth at the ends of the months after a day, as far as they are valued."""
    return await every(connection, MonthValue, _SQL["months"], {"after_on": after_on, "currency": currency})
