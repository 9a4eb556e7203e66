"""How stores read and write: a row is a frozen dataclass, a query is named, parameters are keywords."""

from collections.abc import Mapping
from typing import Any

from fenqi.stores.database import Connection, at_end, at_last
from fenqi.stores.trip import Row, Statement, travel

__all__ = [
    "Connection",
    "Nothing",
    "Statement",
    "ask",
    "ask_one",
    "at_end",
    "at_last",
    "change",
    "every",
    "fields_of",
    "first",
    "run",
    "together",
]


class Nothing:
    """The row of a statement that only writes."""


async def first(connection: Connection, row: type[Row], query: str, parameters: Mapping[str, Any]) -> Row | None:
    """The one row that a query finds, or None."""
    return await ask_one(connection, Statement(row, query, parameters))


async def every(connection: Connection, row: type[Row], query: str, parameters: Mapping[str, Any]) -> tuple[Row, ...]:
    """All rows that a query finds, in its order."""
    return await ask(connection, Statement(row, query, parameters))


async def change(connection: Connection, query: str, parameters: Mapping[str, Any]) -> int:
    """Run a query that writes; how many rows it wrote."""
    return await run(connection, Statement(Nothing, query, parameters))


async def ask_one(connection: Connection, statement: Statement[Row]) -> Row | None:
    """The one row that a statement finds, or None."""
    rows = await ask(connection, statement)
    return rows[0] if rows else None


async def ask(connection: Connection, statement: Statement[Row]) -> tuple[Row, ...]:
    """All rows that a statement finds, in its order."""
    (answer,) = await travel(connection, [statement])
    return answer.rows


async def run(connection: Connection, statement: Statement[Nothing]) -> int:
    """Run a statement that writes; how many rows it wrote."""
    (answer,) = await travel(connection, [statement])
    return answer.count


async def together(connection: Connection, *statements: Statement[Any]) -> tuple[tuple[Any, ...], ...]:
    """Run statements in one trip to the database, in order; the rows that each finds.

    Each is a statement of its own and sees what those before it did or waited for.
    """
    return tuple([answer.rows for answer in await travel(connection, statements)])


def fields_of(record: object) -> dict[str, Any]:
    """A record as parameters of a query, its values as they are: nothing is copied, as `asdict` would."""
    return dict(vars(record))
