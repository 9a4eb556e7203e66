"""When an automatic debit is tried, and tried again: a calendar that is data."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from typing import ClassVar

from fenqi.core.refusal import Refusal

SHANGHAI = timezone(timedelta(hours=8))
_QUIET_BEFORE, _QUIET_FROM = 8, 22


class DebitCalendarMalformed(Refusal):
    """The calendar has no attempt, goes back in time, or debits in the night."""

    code: ClassVar[str] = "debit_calendar_malformed"


@dataclass(frozen=True)
class Attempt:
    """One try: so many days after the due day, from an hour on."""

    days_after_due: int
    hour: int

    def at(self, due_on: date) -> datetime:
        """The instant from which it may be made."""
        return datetime.combine(due_on + timedelta(days=self.days_after_due), time(self.hour), tzinfo=SHANGHAI)


def read_calendar(value: Iterable[Mapping[str, int]]) -> tuple[Attempt, ...]:
    """A calendar from its data.

    Raises: DebitCalendarMalformed.
    """
    attempts = tuple(Attempt(**line) for line in value)
    order = [(each.days_after_due, each.hour) for each in attempts]
    if not attempts or order != sorted(set(order)) or order[0][0] < 0:
        raise DebitCalendarMalformed("attempts do not follow each other", allowed="one or more, each after the last")
    if any(not _QUIET_BEFORE <= each.hour < _QUIET_FROM for each in attempts):
        raise DebitCalendarMalformed("a debit in the night", allowed="hours from 8 to 21")
    return attempts


def attempt_due(calendar: tuple[Attempt, ...], *, due_on: date, made: Iterable[int], at: datetime) -> int | None:
    """The number of the attempt to make now, from 1: the last whose time has come, unless it or a later one was made.

    What was missed while nothing ran is not made up for: one attempt, not several at once.
    """
    come = sum(each.at(due_on) <= at for each in calendar)
    return come if come > max(made, default=0) else None
