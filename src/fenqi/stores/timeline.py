"""Loans, contacts, requests for help, complaints and warnings of a customer, in one order."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from fenqi.stores.fetch import Connection, every
from fenqi.stores.query import queries

_SQL = queries("timeline")


@dataclass(frozen=True)
class CustomerEvent:
    """Something that happened; `told` says more of it in a word, `by` is empty where nobody did it."""

    kind: str
    subject_id: UUID
    at: datetime
    told: str
    by: str


async def of_customer(connection: Connection, *, b: int, customer_id: UUID, limit: int) -> tuple[CustomerEvent, ...]:
    """The last things that happened to a customer, newest first."""
    parameters = {"b": b, "customer_id": customer_id, "limit": limit}
    return await every(connection, CustomerEvent, _SQL["of_customer"], parameters)
