"""Tries of what must not be found out by trying, counted by what they were about."""

from datetime import datetime

from fenqi.core.identity.throttle import Throttle, Tries
from fenqi.core.ledger.account import bucket_of
from fenqi.core.refusal import Broken
from fenqi.stores.fetch import Connection, change, first
from fenqi.stores.query import queries

_SQL = queries("throttle")


async def tried(connection: Connection, *, kind: str, subject: bytes, throttle: Throttle, at: datetime) -> Tries:
    """Count a try; the row is held until the transaction ends, so that tries at one moment are all counted."""
    parameters = {
        "b": bucket_of(subject.hex()),
        "kind": kind,
        "subject": subject,
        "at": at,
        "over_since": at - throttle.window,
    }
    counted = await first(connection, Tries, _SQL["tried"], parameters)
    if counted is None:
        raise Broken("a try was counted and not found")
    return counted


async def forget(connection: Connection, *, kind: str, subject: bytes) -> None:
    """Begin to count anew."""
    await change(connection, _SQL["forget"], {"b": bucket_of(subject.hex()), "kind": kind, "subject": subject})
