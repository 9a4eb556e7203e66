"""Whether a crowd was warned of in time: who of the warned fell behind, who fell behind unwarned, how long before."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from fenqi.simulation.caller import Json
from fenqi.simulation.crowd_member import Member

BEHIND = timedelta(days=30)
"""So long past due is what a warning is to foretell."""
WITHIN = timedelta(days=60)
"""How long after it a warning can still come true."""


@dataclass(frozen=True)
class Warned:
    """Warnings that are old enough to be judged, and borrowers who fell behind."""

    warning_count: int
    true_count: int
    """Warnings whose borrower fell behind in time."""
    behind_count: int
    foretold_count: int
    """Borrowers who fell behind and were warned of before."""
    lead_days: int | None
    """From a true warning to the day the borrower was behind, the middle one."""

    @property
    def precision_permille(self) -> int | None:
        """True warnings of a thousand."""
        return self.true_count * 1000 // self.warning_count if self.warning_count else None


def warned(members: Iterable[Member], warnings: Iterable[Json], *, last_on: date) -> Warned:
    """Hold warnings against the loans as they went."""
    behind = {
        member.customer_id: on
        for member in members
        if member.bought and (on := behind_on(member.loan, last_on=last_on))
    }
    opened = [(str(warning["customer_id"]), date.fromisoformat(warning["opened_on"])) for warning in warnings]
    judged = [(who, on) for who, on in opened if on + WITHIN <= last_on]
    leads = [(behind[who] - on).days for who, on in judged if who in behind and on <= behind[who] <= on + WITHIN]
    foretold = {who for who, on in opened if who in behind and on <= behind[who]}
    return Warned(
        warning_count=len(judged),
        true_count=len(leads),
        behind_count=len(behind),
        foretold_count=len(foretold),
        lead_days=int(median(leads)) if leads else None,
    )


def behind_on(loan: Json, *, last_on: date) -> date | None:
    """The first day on which an instalment of a loan had been due for so long; None if none had by a day."""
    days = [
        date.fromisoformat(row["due_on"]) + BEHIND
        for row in loan["instalments"]
        if row["paid_on"] is None or date.fromisoformat(row["paid_on"]) > date.fromisoformat(row["due_on"]) + BEHIND
    ]
    return min((day for day in days if day <= last_on), default=None)
