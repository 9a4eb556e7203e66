"""What happened after which a credit line has to be looked at."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from fenqi.stores.fetch import Connection, Nothing, Statement, change, every, fields_of, first
from fenqi.stores.packed import int2s, uuids
from fenqi.stores.query import queries

_SQL = queries("limit_event")
DAYS_OFF_MAX = 15
"""No days off in a row are more: a due day that moved over them is found this long after it."""


@dataclass(frozen=True)
class WaitingEvent:
    """Something that happened, after which a line has to be looked at."""

    b: int
    event_id: UUID
    customer_id: UUID
    kind: str
    about: UUID


@dataclass(frozen=True)
class Late:
    """How many loans were found to have become late, and in how many buckets somebody looked."""

    late_count: int
    bucket_count: int


def to_add(event: WaitingEvent, *, recorded_at: datetime) -> Statement[Nothing]:
    """Lets a line be looked at."""
    return Statement(Nothing, _SQL["add"], fields_of(event) | {"recorded_at": recorded_at})


async def find_late(connection: Connection, *, lane: Sequence[int], on: date, late_before: date, at: datetime) -> Late:
    """Let the lines of those be looked at who became late since somebody looked last."""
    parameters = {
        "lane": int2s(lane),
        "on": on,
        "late_before": late_before,
        "days_off": DAYS_OFF_MAX,
        "at": at,
    }
    return await first(connection, Late, _SQL["became_late"], parameters) or Late(0, 0)


async def waiting(connection: Connection, *, lane: Sequence[int], limit: int) -> tuple[WaitingEvent, ...]:
    """What waits in a lane, held until the transaction ends."""
    return await every(connection, WaitingEvent, _SQL["waiting"], {"lane": int2s(lane), "limit": limit})


async def done(connection: Connection, events: Sequence[WaitingEvent], *, at: datetime) -> None:
    """Note that lines were looked at after events."""
    lane = sorted({event.b for event in events})
    event_ids = uuids([event.event_id for event in events])
    await change(connection, _SQL["done"], {"lane": int2s(lane), "event_ids": event_ids, "at": at})
