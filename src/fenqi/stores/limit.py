"""Credit lines as they stand, and every move of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb

from fenqi.stores.fetch import Connection, Nothing, Statement, change, every, fields_of, first
from fenqi.stores.packed import booleans, int2s, int4s, int8s, optional_uuids, texts, uuids
from fenqi.stores.query import queries

_SQL = queries("limit")


@dataclass(frozen=True)
class CreditStanding:
    """A customer's line as it stands: granted by an application, moved since, and what it was granted on."""

    b: int
    customer_id: UUID
    currency: str
    anchor_minor: int
    fixed_minor: int
    special_minor: int
    points: int | None
    is_suspended: bool
    takes_rises: bool
    is_student: bool
    monthly_income_minor: int
    outside_service_minor: int
    stated_on: date
    changed_on: date

    @property
    def in_force_minor(self) -> int:
        """What is granted in the books."""
        return 0 if self.is_suspended else self.fixed_minor + self.special_minor

    @property
    def is_moved(self) -> bool:
        """Whether the line is another than an application granted."""
        return self.is_suspended or self.fixed_minor != self.anchor_minor or self.special_minor > 0


@dataclass(frozen=True)
class BehaviourColumns:
    """Lines and what their customers did: 2 bytes of a bucket and 16 of an id, 8 of each number, the highest first.

    None where there are none. `counts` holds, from the lowest bits up, ten each of what fell due, was paid in time,
    was late and failed, then the flags; `days` twenty each of the most days late and those late now, then the score
    and one.
    Units: days are ordinals.
    """

    customer_id: bytes | None
    counts: bytes | None
    days: bytes | None
    owed_minor: bytes | None
    here_service_minor: bytes | None
    outside_service_minor: bytes | None
    monthly_income_minor: bytes | None
    anchor_minor: bytes | None
    fixed_minor: bytes | None
    special_minor: bytes | None
    changed_on: bytes | None


@dataclass(frozen=True)
class LimitChange:
    """A move of a line, whoever caused it; `content` is the whole look where rules moved it.

    Units: before and after are what was and is in force, special limits included.
    """

    b: int
    change_id: UUID
    customer_id: UUID
    currency: str
    cause: str
    about: UUID | None
    move: str
    before_minor: int
    after_minor: int
    fixed_minor: int
    points: int | None
    rules_version: str
    reasons: list[dict[str, Any]]
    would_raise: list[dict[str, Any]]
    content: bytes | None
    changed_by: str
    happened_on: date
    changed_at: datetime


@dataclass(frozen=True)
class MovedLine:
    """A look that came to something new: the line as it was, and what it is now; texts are JSON."""

    b: int
    customer_id: UUID
    change_id: UUID
    cause: str
    about: UUID | None
    anchor_minor: int
    fixed_before_minor: int
    special_minor: int
    was_suspended: bool
    before_minor: int
    after_minor: int
    fixed_minor: int
    points: int
    is_suspended: bool
    move: str
    reasons: str
    would_raise: str
    content: str


@dataclass(frozen=True)
class Means:
    """What is known of a customer's income and of what a month's instalments take of it, here and elsewhere."""

    customer_id: UUID
    is_student: bool
    monthly_income_minor: int
    outside_service_minor: int
    here_service_minor: int


@dataclass(frozen=True)
class _Held:
    held_count: int


@dataclass(frozen=True)
class _Bucket:
    b: int


async def behaviour(
    connection: Connection,
    *,
    lane: Sequence[int],
    customer_ids: Sequence[UUID] | None,
    on: date,
    from_on: date,
    until_on: date,
    payable_until: Sequence[date],
) -> BehaviourColumns | None:
    """What the customers of a lane, or some of them, did since a day.

    `payable_until` says of each day since then until when it can be paid; what falls due up to `until_on` is a month's
    service.
    """
    parameters = {
        "lane": int2s(lane),
        "customer_ids": None if customer_ids is None else list(customer_ids),
        "on": on,
        "from_on": from_on,
        "until_on": until_on,
        "payable_until": list(payable_until),
    }
    return await first(connection, BehaviourColumns, _SQL["behaviour"], parameters)


async def means(
    connection: Connection, *, lane: Sequence[int], customer_ids: Sequence[UUID], on: date, until_on: date
) -> tuple[Means, ...]:
    """The means of those customers who have a line."""
    parameters = {"lane": int2s(lane), "customer_ids": uuids(customer_ids), "on": on, "until_on": until_on}
    return await every(connection, Means, _SQL["means"], parameters)


async def find(connection: Connection, *, b: int, customer_id: UUID) -> CreditStanding | None:
    """A customer's line as it stands."""
    return await first(connection, CreditStanding, _SQL["find"], {"b": b, "customer_id": customer_id})


def to_find(*, b: int, customer_id: UUID) -> Statement[CreditStanding]:
    """Finds a customer's line as it stands."""
    return Statement(CreditStanding, _SQL["find"], {"b": b, "customer_id": customer_id})


async def lock(connection: Connection, *, b: int, customer_id: UUID) -> CreditStanding | None:
    """A customer's line, held until the transaction ends."""
    return await first(connection, CreditStanding, _SQL["lock"], {"b": b, "customer_id": customer_id})


def to_save(standing: CreditStanding) -> Statement[Nothing]:
    """Keeps a line as it stands."""
    return Statement(Nothing, _SQL["save"], fields_of(standing))


async def move(connection: Connection, moved: Sequence[MovedLine], *, lane: Sequence[int], on: date) -> int:
    """Bring lines to where looks moved them; a line that is another by now stays, and is not counted.

    Their customers are held first, as by whoever decides on an application, so that neither goes by an older line.
    """
    held = {"lane": int2s(lane), "customer_ids": uuids([each.customer_id for each in moved])}
    await first(connection, _Held, _SQL["hold_customers"], held)
    parameters = {
        "lane": int2s(lane),
        "on": on,
        "b": int2s([each.b for each in moved]),
        "customer_id": uuids([each.customer_id for each in moved]),
        "anchor_minor": int8s([each.anchor_minor for each in moved]),
        "fixed_before": int8s([each.fixed_before_minor for each in moved]),
        "special_minor": int8s([each.special_minor for each in moved]),
        "fixed_minor": int8s([each.fixed_minor for each in moved]),
        "points": int4s([each.points for each in moved]),
        "was_suspended": booleans([each.was_suspended for each in moved]),
        "is_suspended": booleans([each.is_suspended for each in moved]),
    }
    return await change(connection, _SQL["move"], parameters)


async def add_moved(
    connection: Connection,
    moved: Sequence[MovedLine],
    *,
    currency: str,
    rules_version: str,
    changed_by: str,
    on: date,
    at: datetime,
) -> None:
    """Append what looks came to."""
    parameters = {
        "currency": currency,
        "rules_version": rules_version,
        "changed_by": changed_by,
        "on": on,
        "at": at,
        "b": int2s([each.b for each in moved]),
        "change_id": uuids([each.change_id for each in moved]),
        "customer_id": uuids([each.customer_id for each in moved]),
        "cause": texts(each.cause for each in moved),
        "about": optional_uuids([each.about for each in moved]),
        "move": texts(each.move for each in moved),
        "before_minor": int8s([each.before_minor for each in moved]),
        "after_minor": int8s([each.after_minor for each in moved]),
        "fixed_minor": int8s([each.fixed_minor for each in moved]),
        "points": int4s([each.points for each in moved]),
        "reasons": texts(each.reasons for each in moved),
        "would_raise": texts(each.would_raise for each in moved),
        "content": texts(each.content for each in moved),
    }
    await change(connection, _SQL["add_changes"], parameters)


def to_add_change(line: LimitChange) -> Statement[Nothing]:
    """Appends one move."""
    fields = fields_of(line) | {"reasons": Jsonb(line.reasons), "would_raise": Jsonb(line.would_raise)}
    return Statement(Nothing, _SQL["add_change"], fields)


async def find_change(connection: Connection, *, b: int, change_id: UUID) -> LimitChange | None:
    """One move."""
    return await first(connection, LimitChange, _SQL["find_change"], {"b": b, "change_id": change_id})


async def history(
    connection: Connection, *, b: int, customer_id: UUID, with_kept: bool, limit: int
) -> tuple[LimitChange, ...]:
    """A customer's moves, newest first; with or without looks that changed the score alone."""
    parameters = {"b": b, "customer_id": customer_id, "with_kept": with_kept, "limit": limit}
    return await every(connection, LimitChange, _SQL["history"], parameters)


async def to_refresh(connection: Connection, *, lane: Sequence[int], month_on: date) -> tuple[int, ...]:
    """The buckets of a lane that closed a month's last day and whose lines were not refreshed for it."""
    found = await every(connection, _Bucket, _SQL["to_refresh"], {"lane": int2s(lane), "month_on": month_on})
    return tuple(row.b for row in found)


async def mark_month(
    connection: Connection,
    counts: Sequence[tuple[int, int, int]],
    *,
    month_on: date,
    rules_version: str,
    refreshed_at: datetime,
) -> int:
    """Note of each bucket how many lines it has and how many changed; fewer than given if somebody else was first."""
    parameters = {
        "month_on": month_on,
        "rules_version": rules_version,
        "refreshed_at": refreshed_at,
        "b": int2s([b for b, _, _ in counts]),
        "line_count": int4s([count for _, count, _ in counts]),
        "changed_count": int4s([changed for _, _, changed in counts]),
    }
    return await change(connection, _SQL["mark_month"], parameters)
