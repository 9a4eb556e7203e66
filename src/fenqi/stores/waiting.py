"""How much work waits for people."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from fenqi.stores.fetch import Connection, every
from fenqi.stores.query import queries

_SQL = queries("waiting")
Queue = Literal[
    "cases", "warnings", "hardship", "complaints", "collection", "loan_changes", "special_limits", "limit_rules",
    "warning_rules", "strategies", "money_cases",
]  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """How many of something nobody has done yet."""

    what: Queue
    waiting: int


async def waiting(
    connection: Connection, queues: Collection[Queue], *, at: datetime, on: date, most: int
) -> tuple[Waiting, ...]:
    """Every queue with its length, up to `most`; 0 of those that are not asked for.

    What somebody has taken, or a later day is for, does not wait.
    """
    parameters = {"queues": list(queues), "at": at, "on": on, "most": most}
    return await every(connection, Waiting, _SQL["waiting"], parameters)
