"""How far borrowers are behind on a day, from the days on which each instalment fell due and was paid."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from fenqi.simulation.caller import Json


class Arrears(StrEnum):
    """How long the oldest unpaid instalment has been due."""

    CLOSED = "closed"
    """Nothing is owed any more."""
    CURRENT = "current"
    """Nothing is past due."""
    UP_TO_30 = "1-30"
    UP_TO_60 = "31-60"
    UP_TO_90 = "61-90"
    OVER_90 = "91+"


_UPPER = ((0, Arrears.CURRENT), (30, Arrears.UP_TO_30), (60, Arrears.UP_TO_60), (90, Arrears.UP_TO_90))


def days_past_due(loan: Json, *, on: date) -> int:
    """How late the oldest unpaid instalment is once a day is over; one due on that very day is a day late then."""
    unpaid = (date.fromisoformat(row["due_on"]) for row in loan["instalments"] if not is_paid(row, on=on))
    return max(((on - due_on).days + 1 for due_on in unpaid if due_on <= on), default=0)


def arrears_on(loans: Iterable[Json], day: date) -> dict[Arrears, int]:
    """How many loans stand in which bucket on a day."""
    counted = Counter(_bucket(loan, on=day) for loan in loans)
    return {bucket: counted[bucket] for bucket in Arrears}


def is_paid(row: Json, *, on: date) -> bool:
    """Whether an instalment was paid by the end of a day."""
    return row["paid_on"] is not None and date.fromisoformat(row["paid_on"]) <= on


def _bucket(loan: Json, *, on: date) -> Arrears:
    if all(is_paid(row, on=on) for row in loan["instalments"]):
        return Arrears.CLOSED
    days = days_past_due(loan, on=on)
    return next((bucket for upper, bucket in _UPPER if days <= upper), Arrears.OVER_90)
