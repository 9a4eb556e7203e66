"""Warning strategies as they were proposed and let in, their trials, and the history that trials go over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb

from fenqi.stores.fetch import Connection, change, every, first
from fenqi.stores.packed import uuids
from fenqi.stores.query import queries
from fenqi.stores.rules_version import AnsweredRules, RulesStore, StoredRules

_SQL = queries("warning_rules")
WARNING_RULES = RulesStore("warning_rules", AnsweredRules)


@dataclass(frozen=True)
class WarningTrial:
    """A trial; `lane_count` of 256 buckets are done, `result` is there once it is done."""

    trial_id: UUID
    version: str
    against: str
    until_on: date
    asked_by: str
    asked_at: datetime
    state: str
    customer_count: int
    lane_count: int
    ended_at: datetime | None
    fault: str
    result: dict[str, Any] | None


@dataclass(frozen=True)
class SeenSigns:
    """What was seen of a customer on a day, and from which use of the line on anything was seen of it."""

    customer_id: UUID
    seen_on: date
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
    used_beyond: int
    rise_beyond: int


@dataclass(frozen=True)
class BehindDay:
    """A day on which an instalment of a customer had been late for so long."""

    customer_id: UUID
    behind_on: date


@dataclass(frozen=True)
class _Said:
    is_so: bool


async def add_trial(
    connection: Connection, *, trial_id: UUID, version: str, against: str, until_on: date, by: str, at: datetime
) -> None:
    """Ask for a trial."""
    asked = {"trial_id": trial_id, "version": version, "against": against, "until_on": until_on}
    await change(connection, _SQL["add_trial"], asked | {"asked_by": by, "asked_at": at})


async def trials(connection: Connection) -> dict[str, WarningTrial]:
    """The last trial of each version."""
    return {trial.version: trial for trial in await every(connection, WarningTrial, _SQL["trials"], {})}


async def is_tried(connection: Connection, version: str) -> bool:
    """Whether a trial of a version was brought to its end."""
    said = await first(connection, _Said, _SQL["is_tried"], {"version": version})
    return said is not None and said.is_so


async def take(connection: Connection, *, at: datetime, silent_since: datetime) -> WarningTrial | None:
    """The trial that has waited longest, or one whose process has been silent; it is the caller's from now on."""
    return await first(connection, WarningTrial, _SQL["take"], {"at": at, "silent_since": silent_since})


async def go_on(connection: Connection, *, trial_id: UUID, customer_count: int, lane_count: int, at: datetime) -> None:
    """Say how far a trial is."""
    parameters = {"trial_id": trial_id, "customer_count": customer_count, "lane_count": lane_count, "at": at}
    await change(connection, _SQL["go_on"], parameters)


async def end(
    connection: Connection, *, trial_id: UUID, at: datetime, fault: str = "", result: dict[str, Any] | None = None
) -> None:
    """End a trial, with what it found or with what went wrong."""
    parameters = {
        "trial_id": trial_id,
        "state": "done" if result is not None else "failed",
        "at": at,
        "fault": fault,
        "result": None if result is None else Jsonb(result),
    }
    await change(connection, _SQL["end"], parameters)


async def first_in_force(connection: Connection, *, until_on: date) -> StoredRules | None:
    """The version that was let in first, up to a day."""
    return await first(connection, StoredRules, _SQL["first_in_force"], {"until_on": until_on})


async def signs(connection: Connection, *, b: int, after_id: UUID, limit: int) -> tuple[SeenSigns, ...]:
    """Everything that was ever seen of so many of a bucket's customers after one, by customer and day."""
    return await every(connection, SeenSigns, _SQL["signs"], {"b": b, "after_id": after_id, "limit": limit})


async def behind(
    connection: Connection, *, b: int, customer_ids: Sequence[UUID], days_late: int, until_on: date
) -> tuple[BehindDay, ...]:
    """The days up to one on which an instalment of some customers had been late for so many days, by customer."""
    parameters = {"b": b, "customer_ids": uuids(customer_ids), "days_late": days_late, "until_on": until_on}
    return await every(connection, BehindDay, _SQL["behind"], parameters)
