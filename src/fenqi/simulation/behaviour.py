"""Whether an applicant pays, month by month: first as the data says, then as a chain of months fitted to the data.

A card account's status becomes the conduct towards an instalment loan so: an instalment due in a month stays unpaid
at its end exactly if that month's status is 1 or more; a status that falls pays all arrears. Of the customers who
are two months late for the first time in July to September, 61 % jump there from paid up in one month. A loan with
monthly instalments cannot follow: the jump becomes one missed instalment, and the loan is two months late only if
the next month is missed too.
"""

import hashlib
from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum
from itertools import pairwise

from fenqi.learning.taiwan import JULY, SEPTEMBER, month_of
from fenqi.simulation.applicant import Applicant, Population


class Conduct(StrEnum):
    """What an applicant does about what is due in a month, by its end."""

    PAYS = "pays"
    """The month's instalment."""
    PAYS_ALL_ARREARS = "pays_all_arrears"
    """The month's instalment and whatever is left unpaid from before."""
    CATCHES_UP = "catches_up"
    """Whatever is left unpaid from before, but not the month's instalment."""
    MISSES = "misses"
    """Nothing."""


class Origin(StrEnum):
    """Where a month's conduct comes from."""

    TAIWAN = "taiwan"
    """The customer's own repayment status in the data."""
    SIMULATED = "simulated"
    """The fitted chain of months, or a generated customer."""


@dataclass(frozen=True, slots=True)
class MonthBehaviour:
    """What an applicant does in one month, named by its first day."""

    month: date
    conduct: Conduct
    origin: Origin


class State(IntEnum):
    """A month's status as the chain knows it; single months late are hardly reported before September."""

    PAID = 0
    LATE = 2
    """One or two months late."""
    LONG_LATE = 3
    """Three months late or more."""


OCTOBER = 4
"""October's place after June."""

Transitions = dict[State, tuple[int, int, int]]

TRANSITIONS: dict[bool, Transitions] = {
    False: {State.PAID: (72_171, 3_332, 0), State.LATE: (1_953, 3_204, 273), State.LONG_LATE: (65, 178, 249)},
    True: {State.PAID: (14_249, 2_303, 0), State.LATE: (934, 4_643, 480), State.LONG_LATE: (79, 320, 482)},
}
"""How often one month's state led to which next, April to September 2005, by whether October was a default.

Source: counted from the customers of the Taiwan data set that are not held out; a test counts them again.
"""


def months_behaviour(applicant: Applicant, *, months: int, seed: int) -> tuple[MonthBehaviour, ...]:
    """Say what an applicant does in each month from July on.

    July to September follow the applicant's statuses. October is a miss for whom October was a default; every other
    month is drawn from the chain fitted to customers whose October ended alike. The draw depends on seed, number and
    month only.
    """
    statuses = list(applicant.statuses)
    while len(statuses) <= months:
        statuses.append(_next_status(applicant, statuses[-1], place=len(statuses), seed=seed))
    return tuple(
        MonthBehaviour(
            month=month_of(JULY + place),
            conduct=conduct_of(before, now),
            origin=_origin(applicant, JULY + place),
        )
        for place, (before, now) in enumerate(pairwise(statuses[: months + 1]))
    )


def conduct_of(before: int, now: int) -> Conduct:
    """Read a month's conduct from the status before it and at its end."""
    if now >= 1:
        return Conduct.CATCHES_UP if now < before else Conduct.MISSES
    return Conduct.PAYS_ALL_ARREARS if before >= 1 else Conduct.PAYS


def state_of(status: int) -> State:
    """Read a repayment status as a state of the chain."""
    if status <= 0:
        return State.PAID
    return State.LATE if status < State.LONG_LATE else State.LONG_LATE


def _next_status(applicant: Applicant, status: int, *, place: int, seed: int) -> int:
    state = state_of(status)
    if applicant.defaulted_in_october and place == OCTOBER:
        return State.LATE if state is State.PAID else State.LONG_LATE
    counts = TRANSITIONS[applicant.defaulted_in_october][state]
    drawn = hashlib.sha256(f"{seed}:{applicant.number}:{place}".encode()).digest()
    mark = int.from_bytes(drawn, "big") % sum(counts)
    paid, late, _ = counts
    return State.PAID if mark < paid else State.LATE if mark < paid + late else State.LONG_LATE


def _origin(applicant: Applicant, month: int) -> Origin:
    is_reported = applicant.population is Population.TAIWAN and month <= SEPTEMBER
    return Origin.TAIWAN if is_reported else Origin.SIMULATED
