"""Rules of the screening that sleep for one value of a key, and which were woken before their time."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from fenqi.stores.fetch import Connection, change, every, fields_of, first
from fenqi.stores.query import queries

_SQL = queries("snooze")


@dataclass(frozen=True, kw_only=True)
class Snooze:
    """A rule that sleeps for one value of a key, until an instant."""

    rule_snooze_id: UUID
    rule_code: str
    pivot_key: str
    pivot_value: str
    until: datetime
    login: str
    reason: str
    recorded_at: datetime


@dataclass(frozen=True, kw_only=True)
class SnoozeLine(Snooze):
    """A rule that sleeps or slept, and who woke it, if somebody did."""

    ended_at: datetime | None = None
    ended_by: str | None = None
    end_reason: str | None = None

    def is_asleep(self, at: datetime) -> bool:
        """Whether the rule sleeps at an instant."""
        return self.ended_at is None and at < self.until


async def add(connection: Connection, snooze: Snooze) -> None:
    """Append a rule that sleeps from now on."""
    await change(connection, _SQL["add"], fields_of(snooze))


async def asleep(connection: Connection, *, at: datetime) -> tuple[Snooze, ...]:
    """The rules that sleep at an instant."""
    return await every(connection, Snooze, _SQL["asleep"], {"at": at})


async def lines(connection: Connection, *, most: int) -> tuple[SnoozeLine, ...]:
    """The latest, those that are over among them."""
    return await every(connection, SnoozeLine, _SQL["lines"], {"rule_snooze_id": None, "most": most})


async def find(connection: Connection, *, rule_snooze_id: UUID) -> SnoozeLine | None:
    """One."""
    return await first(connection, SnoozeLine, _SQL["lines"], {"rule_snooze_id": rule_snooze_id, "most": 1})


async def end(connection: Connection, *, rule_snooze_id: UUID, login: str, reason: str, ended_at: datetime) -> bool:
    """Wake a rule; False if somebody has already."""
    fields = {"rule_snooze_id": rule_snooze_id, "login": login, "reason": reason, "ended_at": ended_at}
    return await change(connection, _SQL["end"], fields) == 1
