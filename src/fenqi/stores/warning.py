"""Early warnings: what is seen of customers who owe, the warnings that run, every step, and what waits for a look."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from psycopg.types.json import Jsonb

from fenqi.stores.fetch import Connection, Nothing, Statement, change, every, fields_of, first, together
from fenqi.stores.listing import Listing, sorts
from fenqi.stores.packed import int2s, uuids
from fenqi.stores.query import queries

_SQL = queries("warning")
_UNDATED = dict.fromkeys(("warning_id", "opened_on", "last_on", "call_due_on"))


@dataclass(frozen=True, kw_only=True)
class WatchedCustomer:
    """What is seen of a customer, with the warning that runs, if one does."""

    b: int
    customer_id: UUID
    days_late: int
    partial_payment_count: int
    failed_debit_count: int
    broken_promise_count: int
    complaint_count: int
    used_percent: int
    used_percent_rise: int
    new_device_count: int
    new_address_count: int
    frozen_order_count: int
    warning_id: UUID | None
    opened_on: date | None
    points_max: int | None
    last_on: date | None
    rung: str | None
    call_due_on: date | None


@dataclass(frozen=True, kw_only=True)
class StoredWarning:
    """A warning; `last_on` is the last day on which there were points enough, `rung` the highest that was come to.

    By `call_due_on` somebody is to call, until it has been told what came of it.
    """

    b: int
    warning_id: UUID
    customer_id: UUID
    opened_on: date
    points: int
    points_max: int
    last_on: date
    rung: str | None
    strategy_version: str
    closed_on: date | None
    call_due_on: date | None


@dataclass(frozen=True, kw_only=True)
class WarningStep:
    """A step that was come to, done or held out; `content` is the whole judgement."""

    b: int
    step_id: UUID
    warning_id: UUID
    customer_id: UUID
    action: str
    is_held_out: bool
    points: int
    cause: str
    about: UUID | None
    strategy_version: str
    content: bytes
    taken_on: date
    judged_at: datetime


@dataclass(frozen=True)
class TakenStep:
    """That a rung of a warning was come to."""

    warning_id: UUID
    action: str
    taken_on: date


@dataclass(frozen=True)
class WarningEvent:
    """Something that happened during a day, after which a customer is looked at."""

    b: int
    event_id: UUID
    customer_id: UUID
    kind: str
    about: UUID


@dataclass(frozen=True)
class StepArms:
    """Of those who came to a step, how many were done to or held out, and how many of each failed afterwards."""

    action: str
    done_count: int
    done_failed: int
    held_out_count: int
    held_out_failed: int


WARNINGS = Listing(
    row=StoredWarning,
    query=_SQL["listed"],
    key="warning_id",
    sorts=sorts("opened_on", "points"),
    usual="-opened_on",
)


@dataclass(frozen=True)
class _Day:
    b: int
    closed_on: date


@dataclass(frozen=True)
class _Planned:
    planned: str


@dataclass(frozen=True)
class _Held:
    customer_id: UUID


async def watched(
    connection: Connection,
    *,
    lane: Sequence[int],
    customer_ids: Sequence[UUID] | None,
    on: date,
    from_on: date,
    since: datetime,
    until: datetime,
    late_before: date,
    used_beyond: int,
    rise_beyond: int,
) -> tuple[WatchedCustomer, ...]:
    """The customers of a lane, or some of them, of whom anything is seen or a warning runs; nobody in hardship.

    What has been used of a line counts only beyond the percentages given.
    """
    parameters = {
        "lane": int2s(lane),
        "customer_ids": None if customer_ids is None else list(customer_ids),
        "on": on,
        "from_on": from_on,
        "since": since,
        "until": until,
        "late_before": late_before,
        "used_beyond": used_beyond,
        "rise_beyond": rise_beyond,
    }
    planning = Statement(_Planned, _SQL["plan_anew"], {})
    _, found = await together(connection, planning, Statement(WatchedCustomer, _SQL["watched"], parameters))
    return found


async def hold(connection: Connection, *, lane: Sequence[int], customer_ids: Sequence[UUID]) -> None:
    """Hold customers in the order of their keys, until the transaction ends."""
    await every(connection, _Held, _SQL["hold"], {"lane": int2s(lane), "customer_ids": uuids(customer_ids)})


async def taken(connection: Connection, *, lane: Sequence[int], warning_ids: Sequence[UUID]) -> tuple[TakenStep, ...]:
    """The rungs that warnings have come to, the oldest of each first."""
    parameters = {"lane": int2s(lane), "warning_ids": uuids(warning_ids)}
    return await every(connection, TakenStep, _SQL["taken"], parameters)


async def add_signs(
    connection: Connection, found: Sequence[WatchedCustomer], *, on: date, used_beyond: int, rise_beyond: int
) -> None:
    """Keep what was seen of customers on a day; the last look of a day stands for it."""
    rows = [{**fields_of(each), "customer_id": str(each.customer_id), **_UNDATED} for each in found]
    parameters = {"rows": Jsonb(rows), "on": on, "used_beyond": used_beyond, "rise_beyond": rise_beyond}
    await change(connection, _SQL["add_signs"], parameters)


def to_put(warning: StoredWarning) -> Statement[Nothing]:
    """Keeps a warning as it stands."""
    return Statement(Nothing, _SQL["put"], fields_of(warning))


def to_add_step(step: WarningStep) -> Statement[Nothing]:
    """Appends a step."""
    return Statement(Nothing, _SQL["add_step"], fields_of(step))


def to_add_event(event: WarningEvent, *, recorded_at: datetime) -> Statement[Nothing]:
    """Lets a customer be looked at; the same event again changes nothing."""
    return Statement(Nothing, _SQL["add_event"], fields_of(event) | {"recorded_at": recorded_at})


async def waiting(connection: Connection, *, lane: Sequence[int], limit: int) -> tuple[WarningEvent, ...]:
    """What waits in a lane, held until the transaction ends."""
    return await every(connection, WarningEvent, _SQL["waiting"], {"lane": int2s(lane), "limit": limit})


async def done(connection: Connection, events: Sequence[WarningEvent], *, at: datetime) -> None:
    """Note that customers were looked at after events."""
    lane = sorted({event.b for event in events})
    event_ids = uuids([event.event_id for event in events])
    await change(connection, _SQL["done"], {"lane": int2s(lane), "event_ids": event_ids, "at": at})


async def days(connection: Connection, *, lane: Sequence[int]) -> dict[int, date]:
    """Up to which day each bucket was gone through, held; one that never was is not among them."""
    return {row.b: row.closed_on for row in await every(connection, _Day, _SQL["days"], {"lane": int2s(lane)})}


async def put_day(connection: Connection, *, lane: Sequence[int], day: date) -> None:
    """A day was gone through."""
    await change(connection, _SQL["put_day"], {"lane": int2s(lane), "day": day})


async def find(connection: Connection, *, b: int, warning_id: UUID) -> StoredWarning | None:
    """One warning."""
    return await first(connection, StoredWarning, _SQL["find"], {"b": b, "warning_id": warning_id})


async def of_customer(connection: Connection, *, b: int, customer_id: UUID) -> tuple[StoredWarning, ...]:
    """A customer's warnings, the oldest first."""
    return await every(connection, StoredWarning, _SQL["of_customer"], {"b": b, "customer_id": customer_id})


async def steps(connection: Connection, *, b: int, warning_id: UUID) -> tuple[WarningStep, ...]:
    """The steps of a warning, the oldest first."""
    return await every(connection, WarningStep, _SQL["steps"], {"b": b, "warning_id": warning_id})


async def arms(
    connection: Connection, *, strategy_version: str, until_on: date, outcome_days: int, days_late: int
) -> tuple[StepArms, ...]:
    """What became of everybody who came to a step by a day: failed is so many days late within so many after it."""
    parameters = {
        "strategy_version": strategy_version,
        "until_on": until_on,
        "outcome_days": outcome_days,
        "days_late": days_late,
    }
    return await every(connection, StepArms, _SQL["arms"], parameters)
