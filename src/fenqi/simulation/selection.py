"""Whether a decision separated good from bad: the bad rate of the approved beside that of the declined."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

NORMAL_95 = 1.96
OUTCOMES = ("approve", "refer", "decline")


@dataclass(frozen=True, slots=True)
class Rate:
    """A share of people, with its 95 % interval; nobody has the widest interval there is."""

    hits: int
    people: int
    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Selection:
    """What a decision did: how many it approved, referred and declined, and how each of them turned out."""

    approved: Rate
    referred: Rate
    declined: Rate
    bad_among_approved: Rate
    bad_among_referred: Rate
    bad_among_declined: Rate

    @property
    def separates(self) -> bool:
        """Whether the declined are clearly worse: the intervals do not touch."""
        return self.bad_among_declined.low > self.bad_among_approved.high


def rate(hits: int, people: int) -> Rate:
    """Measure a share with Wilson's 95 % interval.

    Source: E. B. Wilson, Journal of the American Statistical Association 22 (1927).
    """
    if not people:
        return Rate(0, 0, 0.0, 0.0, 1.0)
    share, weight = hits / people, NORMAL_95**2 / people
    centre = (share + weight / 2) / (1 + weight)
    reach = NORMAL_95 / (1 + weight) * math.sqrt(share * (1 - share) / people + weight / (4 * people))
    return Rate(hits, people, share, max(centre - reach, 0.0), min(centre + reach, 1.0))


def select(decided: Iterable[tuple[str, bool]]) -> Selection:
    """Compare the sides of a decision; each pair says what became of an application, and whether the person was bad."""
    pairs = tuple(decided)
    bad = {outcome: [is_bad for each, is_bad in pairs if each == outcome] for outcome in OUTCOMES}
    return Selection(
        *(rate(len(bad[outcome]), len(pairs)) for outcome in OUTCOMES),
        *(rate(sum(bad[outcome]), len(bad[outcome])) for outcome in OUTCOMES),
    )
