"""Back-tests as they were asked for, how far they are, what they found, and the decisions that they go over."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb

from fenqi.core.decision.past import Then
from fenqi.stores.fetch import Connection, change, every, first
from fenqi.stores.query import queries

_SQL = queries("back_test")


@dataclass(frozen=True)
class BackTestRow:
    """A back-test; `lane_count` of 256 buckets are done, `result` is there once it is done."""

    back_test_id: UUID
    version: str
    from_on: date
    until_on: date
    loss_percent: int
    asked_by: str
    asked_at: datetime
    state: str
    decision_count: int
    lane_count: int
    ended_at: datetime | None
    fault: str
    result: dict[str, Any] | None


async def add(connection: Connection, new: Mapping[str, Any]) -> None:
    """Ask for a test."""
    await change(connection, _SQL["add"], new)


async def find(connection: Connection, *, back_test_id: UUID) -> BackTestRow | None:
    """One test."""
    return await first(connection, BackTestRow, _SQL["find"], {"back_test_id": back_test_id})


async def of_version(connection: Connection, *, version: str) -> tuple[BackTestRow, ...]:
    """Every test of a version, the latest first, without what they found."""
    return await every(connection, BackTestRow, _SQL["of_version"], {"version": version})


async def take(connection: Connection, *, at: datetime, silent_since: datetime) -> BackTestRow | None:
    """The test that has waited longest, or one whose process has been silent; it is the caller's from now on."""
    return await first(connection, BackTestRow, _SQL["take"], {"at": at, "silent_since": silent_since})


async def go_on(
    connection: Connection, *, back_test_id: UUID, decision_count: int, lane_count: int, at: datetime
) -> bool:
    """Say how far a test is; False if it was cancelled meanwhile."""
    parameters = {"back_test_id": back_test_id, "decision_count": decision_count, "lane_count": lane_count, "at": at}
    return await change(connection, _SQL["go_on"], parameters) == 1


async def end(
    connection: Connection,
    *,
    back_test_id: UUID,
    state: str,
    at: datetime,
    fault: str = "",
    result: dict[str, Any] | None = None,
) -> bool:
    """End a test that waits or runs; False if it had ended."""
    parameters = {
        "back_test_id": back_test_id,
        "state": state,
        "at": at,
        "fault": fault,
        "result": None if result is None else Jsonb(result),
    }
    return await change(connection, _SQL["end"], parameters) == 1


async def decided(
    connection: Connection, *, b: int, after: UUID, from_at: datetime, until_at: datetime, most: int
) -> tuple[Then, ...]:
    """The next decisions of a bucket in the order of their ids, made in [from, until)."""
    parameters = {"b": b, "after": after, "from_at": from_at, "until_at": until_at, "most": most}
    return await every(connection, Then, _SQL["decided"], parameters)
