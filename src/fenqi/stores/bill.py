"""Bills as they were made, and who is still to be billed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from fenqi.stores.fetch import Connection, change, every, fields_of, first
from fenqi.stores.query import queries

_SQL = queries("bill")


@dataclass(frozen=True)
class StoredBill:
    """A bill; what has been paid since stands with its loans."""

    b: int
    bill_id: UUID
    customer_id: UUID
    mode: str
    billed_on: date
    due_on: date
    currency: str
    new_minor: int
    carried_minor: int
    document_id: UUID
    created_at: datetime


@dataclass(frozen=True)
class StoredLine:
    """One instalment on a bill."""

    b: int
    bill_id: UUID
    loan_id: UUID
    instalment: int
    due_on: date
    principal_minor: int
    interest_minor: int
    fee_minor: int
    penalty_minor: int


@dataclass(frozen=True)
class Unbilled:
    """A customer of whom something falls due that is on no bill."""

    b: int
    customer_id: UUID


async def add(connection: Connection, bill: StoredBill, lines: Iterable[StoredLine]) -> bool:
    """Keep a bill with its lines; False if it is there."""
    if not await change(connection, _SQL["add"], fields_of(bill)):
        return False
    for line in lines:
        await change(connection, _SQL["add_line"], fields_of(line))
    return True


async def find(connection: Connection, *, b: int, bill_id: UUID) -> StoredBill | None:
    """One bill."""
    return await first(connection, StoredBill, _SQL["find"], {"b": b, "bill_id": bill_id})


async def of_customer(
    connection: Connection, *, b: int, customer_id: UUID, before_on: date, before_id: UUID, limit: int
) -> tuple[StoredBill, ...]:
    """A customer's bills, the last due first, before a given one."""
    parameters = {"b": b, "customer_id": customer_id, "before_on": before_on, "before_id": before_id, "limit": limit}
    return await every(connection, StoredBill, _SQL["of_customer"], parameters)


async def lines(
    connection: Connection, *, b: int, customer_id: UUID, bill_ids: Sequence[UUID]
) -> tuple[StoredLine, ...]:
    """The lines of some bills of a customer."""
    parameters = {"b": b, "customer_id": customer_id, "bill_ids": list(bill_ids)}
    return await every(connection, StoredLine, _SQL["lines_of_customer"], parameters)


async def unbilled(
    connection: Connection, *, lane: Sequence[int], from_on: date, until_on: date, after: Unbilled | None, limit: int
) -> tuple[Unbilled, ...]:
    """Customers of a lane, after a given one, with an open instalment due within some days that no bill has."""
    after_b, after_id = (after.b, after.customer_id) if after else (-1, UUID(int=0))
    days = {"from_on": from_on, "until_on": until_on}
    parameters = days | {"lane": list(lane), "after_b": after_b, "after_id": after_id, "limit": limit}
    return await every(connection, Unbilled, _SQL["unbilled"], parameters)
