"""Payments over several loans: what they may discharge, and what each loan got."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from fenqi.stores.bill import Unbilled
from fenqi.stores.fetch import Connection, change, every, fields_of, first
from fenqi.stores.loan import Loan
from fenqi.stores.payment import StoredOrder
from fenqi.stores.query import queries

_SQL = queries("joint_payment")


@dataclass(frozen=True)
class JointPayment:
    """Beside a payment order: its loans in order, the rule; of an automatic debit also which one it is."""

    b: int
    order_id: UUID
    customer_id: UUID
    rule: str
    loan_ids: list[UUID]
    mandate_id: UUID | None = None
    due_on: date | None = None
    attempt: int | None = None


@dataclass(frozen=True)
class StoredPart:
    """What one loan got of a payment or a transfer."""

    b: int
    payment_id: UUID
    place: int
    loan_id: UUID
    amount_minor: int


async def add(connection: Connection, joint: JointPayment) -> None:
    """A payment over several loans, beside its order."""
    await change(connection, _SQL["add"], fields_of(joint))


async def find(connection: Connection, *, b: int, order_id: UUID) -> JointPayment | None:
    """What an order may discharge."""
    return await first(connection, JointPayment, _SQL["find"], {"b": b, "order_id": order_id})


async def debits(connection: Connection, *, b: int, customer_id: UUID, due_on: date) -> tuple[JointPayment, ...]:
    """The automatic debits of a customer for a due day, in order."""
    parameters = {"b": b, "customer_id": customer_id, "due_on": due_on}
    return await every(connection, JointPayment, _SQL["debits"], parameters)


async def add_parts(connection: Connection, parts: Iterable[StoredPart]) -> None:
    """What each loan got."""
    for part in parts:
        await change(connection, _SQL["add_part"], fields_of(part))


async def parts(connection: Connection, *, b: int, payment_id: UUID) -> tuple[StoredPart, ...]:
    """What each loan got of a payment, in order."""
    return await every(connection, StoredPart, _SQL["parts"], {"b": b, "payment_id": payment_id})


async def orders_of(connection: Connection, *, b: int, customer_id: UUID) -> tuple[StoredOrder, ...]:
    """Every payment order of a customer, oldest first."""
    return await every(connection, StoredOrder, _SQL["orders_of_customer"], {"b": b, "customer_id": customer_id})


async def debtors(connection: Connection, *, lane: Sequence[int], day: date) -> tuple[Unbilled, ...]:
    """Customers of a lane who owe something due by a day and have a mandate."""
    return await every(connection, Unbilled, _SQL["debtors"], {"lane": list(lane), "day": day})


async def overpaid(connection: Connection, *, lane: Sequence[int]) -> tuple[Loan, ...]:
    """The loans of a lane on which money is held for the borrower."""
    return await every(connection, Loan, _SQL["overpaid"], {"lane": list(lane)})
