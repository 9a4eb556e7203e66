"""Leave to debit an account: given, and ended."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from fenqi.stores.fetch import Connection, change, fields_of, first
from fenqi.stores.query import queries

_SQL = queries("mandate")


@dataclass(frozen=True)
class Mandate:
    """What was signed: the account, the text by its hash, the code that signed it."""

    b: int
    mandate_id: UUID
    customer_id: UUID
    account_token: str
    text_name: str
    text_version: str
    text_language: str
    text_sha256: str
    code_id: UUID
    signed_at: datetime


async def add(connection: Connection, mandate: Mandate) -> bool:
    """Append a mandate; False if it is there."""
    return await change(connection, _SQL["add"], fields_of(mandate)) == 1


async def active(connection: Connection, *, b: int, customer_id: UUID) -> Mandate | None:
    """The mandate of a customer that has not ended."""
    return await first(connection, Mandate, _SQL["active"], {"b": b, "customer_id": customer_id})


async def end(connection: Connection, mandate: Mandate, *, reason: str, ended_at: datetime) -> bool:
    """End a mandate; False if it had ended."""
    parameters = {"b": mandate.b, "mandate_id": mandate.mandate_id, "reason": reason, "ended_at": ended_at}
    return await change(connection, _SQL["end"], parameters) == 1
