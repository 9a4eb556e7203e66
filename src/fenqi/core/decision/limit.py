"""How much a customer may owe at once: the least of what score, law and income allow."""

from dataclasses import dataclass
from enum import StrEnum


class Bound(StrEnum):
    """Which of the three set the line."""

    SCORE = "score"
    """The band of the score."""
    LAW = "law"
    """The most that one person may owe a lender of this type."""
    AFFORDABILITY = "affordability"
    """What income leaves after existing instalments."""


@dataclass(frozen=True)
class Limit:
    """A line and its ceilings; all four include what the customer owes already, `available_minor` does not."""

    granted_minor: int
    available_minor: int
    bound_by: Bound
    by_score_minor: int
    by_law_minor: int
    by_affordability_minor: int


def limit_of(
    *,
    by_score_minor: int,
    by_law_minor: int,
    affordable_minor: int,
    exposure_minor: int,
    step_minor: int,
) -> Limit:
    """Take the least ceiling, rounded down to whole steps; `affordable_minor` is new principal, so exposure is added.

    The first of score, law and affordability wins a tie.
    Source: the ceiling by law comes from the rule pack, lending.exposure_max_minor.
    """
    ceilings = {
        Bound.SCORE: by_score_minor,
        Bound.LAW: by_law_minor,
        Bound.AFFORDABILITY: exposure_minor + affordable_minor,
    }
    bound_by = min(ceilings, key=lambda bound: ceilings[bound])
    granted_minor = max(0, ceilings[bound_by] // step_minor * step_minor)
    return Limit(
        granted_minor=granted_minor,
        available_minor=max(0, granted_minor - exposure_minor),
        bound_by=bound_by,
        by_score_minor=ceilings[Bound.SCORE],
        by_law_minor=ceilings[Bound.LAW],
        by_affordability_minor=ceilings[Bound.AFFORDABILITY],
    )
