"""How stores read and write: a row is a frozen dataclass, a query is named, parameters are keywords."""

from collections.abc import Mapping
from typing import Any, TypeVar

from psycopg.rows import class_row

from fenqi.stores.database import Connection

Row = TypeVar("Row")

__all__ = ["Connection", "change", "every", "first"]


async def first(connection: Connection, row: type[Row], query: str, parameters: Mapping[str, Any]) -> Row | None:
    """The one row that a query finds, or None."""
    async with connection.cursor(row_factory=class_row(row)) as cursor:
        await cursor.execute(query.encode(), parameters)
        return await cursor.fetchone()


async def every(connection: Connection, row: type[Row], query: str, parameters: Mapping[str, Any]) -> tuple[Row, ...]:
    """All rows that a query finds, in its order."""
    async with connection.cursor(row_factory=class_row(row)) as cursor:
        await cursor.execute(query.encode(), parameters)
        return tuple(await cursor.fetchall())


async def change(connection: Connection, query: str, parameters: Mapping[str, Any]) -> int:
    """Run a query that writes; how many rows it wrote."""
    cursor = await connection.execute(query.encode(), parameters)
    return cursor.rowcount
