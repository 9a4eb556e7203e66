"""How stores read and write: a row is a frozen dataclass, a query is named, parameters are keywords."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Generic, TypeVar

from psycopg import AsyncCursor
from psycopg.rows import class_row

from fenqi.stores.database import Connection

Row = TypeVar("Row")

__all__ = [
    "Connection",
    "Nothing",
    "Statement",
    "ask",
    "ask_one",
    "change",
    "every",
    "fields_of",
    "first",
    "run",
    "together",
]


class Nothing:
    """The row of a statement that only writes."""


@dataclass(frozen=True)
class Statement(Generic[Row]):
    """A named query with its parameters, not run yet, and the row that it finds."""

    row: type[Row]
    query: str
    parameters: Mapping[str, Any]


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
    cursor = await _sent(connection, statement)
    return await cursor.fetchone()


async def ask(connection: Connection, statement: Statement[Row]) -> tuple[Row, ...]:
    """All rows that a statement finds, in its order."""
    cursor = await _sent(connection, statement)
    return tuple(await cursor.fetchall())


async def run(connection: Connection, statement: Statement[Nothing]) -> int:
    """Run a statement that writes; how many rows it wrote."""
    cursor = await connection.execute(_on_the_wire(statement.query), statement.parameters)
    return cursor.rowcount


async def together(connection: Connection, *statements: Statement[Any]) -> tuple[tuple[Any, ...], ...]:
    """Run statements in one trip to the database, in order; the rows that each finds.

    Each is a statement of its own and sees what those before it did or waited for.
    """
    async with connection.pipeline():
        cursors = [await _sent(connection, statement) for statement in statements]
    return tuple(
        [
            () if statement.row is Nothing else tuple(await cursor.fetchall())
            for statement, cursor in zip(statements, cursors, strict=True)
        ]
    )


def fields_of(record: object) -> dict[str, Any]:
    """A record as parameters of a query, its values as they are: nothing is copied, as `asdict` would."""
    return dict(vars(record))


async def _sent(connection: Connection, statement: Statement[Row]) -> AsyncCursor[Row]:
    cursor = connection.cursor(row_factory=class_row(statement.row))
    return await cursor.execute(_on_the_wire(statement.query), statement.parameters)


@cache
def _on_the_wire(query: str) -> bytes:
    return query.encode()
