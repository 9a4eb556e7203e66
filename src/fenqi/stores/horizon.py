"""Which transactions have begun to write and which have ended: what can still become visible, and what cannot."""

from dataclasses import dataclass

from fenqi.stores.fetch import Connection, first
from fenqi.stores.query import queries

_SQL = queries("horizon")


@dataclass(frozen=True)
class _Number:
    number: int


async def begun_below(connection: Connection) -> int:
    """A number of a transaction below which are all that have one by now.

    A snapshot does not say it: transactions that go on may have higher numbers than its upper end.
    """
    return await _number(connection, "begun_below")


async def ended_below(connection: Connection) -> int:
    """A number below which all transactions have ended, and can be seen from here."""
    return await _number(connection, "ended_below")


async def _number(connection: Connection, query: str) -> int:
    found = await first(connection, _Number, _SQL[query], {})
    assert found is not None  # a query without a table has its one row
    return found.number
