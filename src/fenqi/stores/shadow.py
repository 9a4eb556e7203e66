"""What strategies that decide on nobody would have said: how far each has come, its rows, its sums by day."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from fenqi.core.decision.shadow import Beside
from fenqi.core.ledger.account import bucket_in
from fenqi.stores.fetch import Connection, change, every
from fenqi.stores.query import queries

_SQL = queries("shadow")
_Day = tuple[UUID, date, str, str]


@dataclass(frozen=True)
class Place:
    """Up to which decision a shadow has come."""

    use_id: UUID
    after_id: UUID


@dataclass(frozen=True)
class Decided:
    """A decision that shadows look at."""

    decision_id: UUID
    content: bytes
    decided_at: datetime


@dataclass(frozen=True)
class DayLine:
    """How many decisions of a day a shadow would have left or moved, and of how many the limit."""

    use_id: UUID
    on_day: date
    was: str
    outcome: str
    decision_count: int
    limit_moved_count: int


@dataclass(frozen=True)
class ReasonLine:
    """How often a reason would have moved decisions of a day."""

    on_day: date
    was: str
    outcome: str
    reason: str
    decision_count: int


@dataclass(frozen=True)
class ChangedLine:
    """A decision that a shadow would have made otherwise."""

    decision_id: UUID
    was: str
    outcome: str
    limit_minor: int | None
    reasons: list[str]


async def open_place(connection: Connection, *, use_id: UUID, after_id: UUID) -> None:
    """Let a shadow begin behind a decision."""
    await change(connection, _SQL["open_place"], {"use_id": use_id, "after_id": after_id})


async def take_places(connection: Connection) -> tuple[Place, ...]:
    """Where every shadow stands that goes on, the caller's until the transaction ends; none while another works."""
    return await every(connection, Place, _SQL["take_places"], {})


async def is_any_open(connection: Connection) -> bool:
    """Whether some shadow goes on."""
    return bool(await every(connection, Place, _SQL["open_places"], {}))


async def move_places(
    connection: Connection, use_ids: Iterable[UUID], *, after_id: UUID, over: Iterable[UUID] = ()
) -> None:
    """Let shadows stand behind a decision, and end those that are over."""
    parameters = {"use_ids": list(use_ids), "after_id": after_id, "over": list(over)}
    await change(connection, _SQL["move_places"], parameters)


async def decided(
    connection: Connection, *, lane: Sequence[int], after_id: UUID, until_id: UUID, most: int
) -> tuple[Decided, ...]:
    """The next decisions in the order of their ids."""
    parameters = {"lane": list(lane), "after_id": after_id, "until_id": until_id, "most": most}
    return await every(connection, Decided, _SQL["decided"], parameters)


async def add(connection: Connection, found: Sequence[Beside]) -> None:
    """Keep what shadows say, and add it to the sums of its days."""
    if not found:
        return
    columns = {
        "b": [bucket_in(one.decision_id) for one in found],
        "decision_id": [one.decision_id for one in found],
        "use_id": [one.use_id for one in found],
        "was": [one.was for one in found],
        "outcome": [one.outcome for one in found],
        "limit_minor": [one.limit_minor for one in found],
        "reasons": [",".join(one.reasons) for one in found],
    }
    await change(connection, _SQL["add"], columns)
    counts, moved = Counter(_day(one) for one in found), Counter(_day(one) for one in found if one.is_limit_moved)
    sums = {"decision_count": list(counts.values()), "limit_moved_count": [moved[day] for day in counts]}
    await change(connection, _SQL["add_days"], _day_columns(counts) | sums)
    why = Counter((_day(one), reason) for one in found for reason in one.reasons)
    if why:
        sums = {"reason": [reason for _, reason in why], "decision_count": list(why.values())}
        await change(connection, _SQL["add_reasons"], _day_columns(day for day, _ in why) | sums)


async def days(connection: Connection, *, use_id: UUID | None = None) -> tuple[DayLine, ...]:
    """The sums of every day, the latest first; of one shadow or of all."""
    return await every(connection, DayLine, _SQL["days"], {"use_id": use_id})


async def reasons(connection: Connection, *, use_id: UUID) -> tuple[ReasonLine, ...]:
    """Why a shadow would have moved decisions, by day, the latest first."""
    return await every(connection, ReasonLine, _SQL["reasons"], {"use_id": use_id})


async def changed(connection: Connection, *, use_id: UUID, before_id: UUID, most: int) -> tuple[ChangedLine, ...]:
    """The latest decisions that a shadow would have made otherwise."""
    parameters = {"use_id": use_id, "before_id": before_id, "most": most}
    return await every(connection, ChangedLine, _SQL["changed"], parameters)


def _day(one: Beside) -> _Day:
    return one.use_id, one.on_day, one.was, one.outcome


def _day_columns(keys: Iterable[_Day]) -> dict[str, list[object]]:
    columns = [list(column) for column in zip(*keys, strict=True)]
    return dict(zip(("use_id", "on_day", "was", "outcome"), columns, strict=True))
