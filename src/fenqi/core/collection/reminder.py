"""When a borrower is reminded of an instalment: a schedule that is data."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, ClassVar

from fenqi.core.collection.contact import SHANGHAI, ContactChannel
from fenqi.core.refusal import Refusal

LAST_HOLDS_DAYS = 7
"""How long after its day the last reminder of a schedule is still worth sending."""


class ReminderScheduleMalformed(Refusal):
    """The schedule goes back in time, or names an hour that is none."""

    code: ClassVar[str] = "reminder_schedule_malformed"


@dataclass(frozen=True)
class Reminder:
    """One reminder: so many days after the due day (negative: before), from an hour on, with a template."""

    days_after_due: int
    hour: int
    template: str
    channels: tuple[ContactChannel, ...]

    @property
    def kind(self) -> str:
        """What tells this reminder of an instalment from its others."""
        return f"{self.template}:{self.days_after_due}"

    def at(self, day: date) -> datetime:
        """The instant of a day from which it may go out."""
        return datetime.combine(day, time(self.hour), tzinfo=SHANGHAI)


def due_days(schedule: Sequence[Reminder], *, on: date) -> tuple[tuple[Reminder, date, date], ...]:
    """Each reminder with the due days, both included, of the instalments that it is for on a day.

    It is for them until the next one is, whose words then are the true ones; the last for a week. What tells of a day
    to come holds until the day before it.
    """
    following = [*(each.days_after_due for each in schedule[1:]), None]
    found = list[tuple[Reminder, date, date]]()
    for reminder, until in zip(schedule, following, strict=True):
        first = reminder.days_after_due
        last = first + LAST_HOLDS_DAYS - 1 if until is None else until - 1
        if first <= 0:
            last = min(last, -1 if first < 0 else 0)
        found.append((reminder, on - timedelta(days=last), on - timedelta(days=first)))
    return tuple(found)


def read_schedule(value: Iterable[Mapping[str, Any]]) -> tuple[Reminder, ...]:
    """A schedule from its data.

    Raises: ReminderScheduleMalformed.
    """
    reminders = tuple(
        Reminder(line["days_after_due"], line["hour"], line["template"], tuple(map(ContactChannel, line["channels"])))
        for line in value
    )
    days = [each.days_after_due for each in reminders]
    if days != sorted(set(days)) or any(not 0 <= each.hour < 24 for each in reminders):
        raise ReminderScheduleMalformed("reminders do not follow each other", allowed="one a day, hours from 0 to 23")
    return reminders
