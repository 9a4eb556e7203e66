"""When a borrower is reminded of an instalment: a schedule that is data."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, ClassVar

from fenqi.core.collection.contact import SHANGHAI, ContactChannel
from fenqi.core.refusal import Refusal


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

    def due_on(self, day: date) -> date:
        """The due day of the instalments it is about on a day."""
        return day - timedelta(days=self.days_after_due)


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
