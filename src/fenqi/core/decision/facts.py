"""What was known when a decision was made: each fact with who says so and since when."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from fenqi.core.decision.features import MONTHS_SEEN, CreditRecord, MonthlyRecord, Standing

FactValue = str | int | bool | None
"""Days are ISO texts and amounts integer minor units, so that a stored fact is the fact. None: asked, not answered."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing known about applicant or purchase."""

    name: str
    value: FactValue
    source: str
    observed_at: datetime


class Facts(Mapping[str, FactValue]):
    """Facts by name; a fact that nobody stated is not in it, one that could not be answered is None."""

    def __init__(self, facts: Iterable[Fact]) -> None:
        """Raises: ValueError if two facts share a name: which of them was used would be chance."""
        self.stated = tuple(sorted(facts, key=lambda fact: fact.name))
        self._values = {fact.name: fact.value for fact in self.stated}
        if len(self._values) != len(self.stated):
            raise ValueError("two facts share a name")

    def __getitem__(self, name: str) -> FactValue:
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def number(self, name: str) -> int | None:
        """The fact as a whole number; None if it is missing or no number."""
        value = self._values.get(name)
        return value if isinstance(value, int) and not isinstance(value, bool) else None

    def text(self, name: str) -> str | None:
        """The fact as text; None if it is missing or no text."""
        value = self._values.get(name)
        return value if isinstance(value, str) else None

    def missing(self, names: Iterable[str]) -> tuple[str, ...]:
        """Those of the names about which nothing is known."""
        return tuple(name for name in names if self._values.get(name) is None)


def facts_of_credit_record(record: CreditRecord | None, *, source: str, observed_at: datetime) -> tuple[Fact, ...]:
    """Spell a bureau's record out as facts: its limit and its latest months, `card_1_…` the oldest of them.

    Without a record the bureau has still said something: that it found none.
    """
    values: dict[str, FactValue] = {"credit_record_found": record is not None}
    if record is not None:
        values |= {"card_limit_minor": record.limit_minor, "months_late_now": record.months[-1].months_late}
        for number, month in enumerate(record.months[-MONTHS_SEEN:], start=1):
            values |= {
                f"card_{number}_month": month.month.isoformat(),
                f"card_{number}_bill_minor": month.bill_minor,
                f"card_{number}_paid_minor": month.paid_minor,
                f"card_{number}_standing": str(month.standing),
                f"card_{number}_months_late": month.months_late,
            }
    return tuple(Fact(name, value, source, observed_at) for name, value in values.items())


def credit_record_of(facts: Facts) -> CreditRecord | None:
    """Put the bureau's record together again; None if there was none."""
    limit_minor = facts.number("card_limit_minor")
    if limit_minor is None:
        return None
    months = (_month_of(facts, number) for number in range(1, MONTHS_SEEN + 1))
    return CreditRecord(limit_minor=limit_minor, months=tuple(month for month in months if month is not None))


def _month_of(facts: Facts, number: int) -> MonthlyRecord | None:
    month = facts.text(f"card_{number}_month")
    if month is None:
        return None
    return MonthlyRecord(
        month=date.fromisoformat(month),
        bill_minor=facts.number(f"card_{number}_bill_minor") or 0,
        paid_minor=facts.number(f"card_{number}_paid_minor") or 0,
        standing=Standing(facts.text(f"card_{number}_standing") or Standing.UNUSED),
        months_late=facts.number(f"card_{number}_months_late") or 0,
    )
