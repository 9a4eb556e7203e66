"""What staff want to change in loans, and what became of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb

from fenqi.stores.fetch import Connection, change, every, fields_of, first
from fenqi.stores.listing import Listing, sorts
from fenqi.stores.query import queries

_SQL = queries("loan_change")


@dataclass(frozen=True, kw_only=True)
class LoanChange:
    """A change as it was proposed; `given_minor` is what it gives the borrower, where that is an amount."""

    b: int
    change_id: UUID
    loan_id: UUID
    kind: str
    content: dict[str, Any]
    reason: str
    given_minor: int
    state: str
    is_alone: bool
    seen_seq: int
    proposed_by: str
    proposed_at: datetime
    decided_by: str | None = None
    decided_at: datetime | None = None
    decided_why: str | None = None


@dataclass(frozen=True)
class _Given:
    given_minor: int


WAITING = Listing(
    row=LoanChange,
    query=_SQL["waiting"],
    key="change_id",
    sorts=sorts("proposed_at", "kind", "proposed_by"),
    usual="proposed_at",
)


async def add(connection: Connection, row: LoanChange) -> None:
    """A new change."""
    await change(connection, _SQL["add"], fields_of(row) | {"content": Jsonb(row.content)})


async def decide(connection: Connection, row: LoanChange) -> None:
    """What became of a change."""
    await change(connection, _SQL["decide"], fields_of(row) | {"content": Jsonb(row.content)})


async def find(connection: Connection, *, b: int, change_id: UUID) -> LoanChange | None:
    """One change; the loan it belongs to is what is held while it is decided."""
    return await first(connection, LoanChange, _SQL["find"], {"b": b, "change_id": change_id})


async def of_loan(connection: Connection, *, b: int, loan_id: UUID) -> tuple[LoanChange, ...]:
    """The changes of a loan, newest first."""
    return await every(connection, LoanChange, _SQL["of_loan"], {"b": b, "loan_id": loan_id})


async def given_alone(connection: Connection, *, b: int, loan_id: UUID) -> int:
    """What one person at a time has given on a loan. Units: minor."""
    found = await first(connection, _Given, _SQL["given_alone"], {"b": b, "loan_id": loan_id})
    return found.given_minor if found else 0
