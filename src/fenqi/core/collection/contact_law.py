"""What the rule pack says of contacts on one day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from fenqi.core.rulepack.pack import RulePack

UNCOUNTED = 1_000_000
"""A channel without a figure of its own: the inbox."""
_DUTIES = (
    "quiet_hours",
    "count_per_day",
    "attempts_per_number",
    "borrower_only",
    "stopped_by",
    "may_be_switched_off",
    "forbidden_words",
)


@dataclass(frozen=True)
class ContactLaw:
    """The values in force; purposes and channels by their words, hours in Shanghai."""

    quiet_hours: Mapping[str, tuple[int, int]]
    """By purpose: from the first hour until the last nobody is contacted."""
    count_per_day: Mapping[str, int]
    attempts_per_number: int
    borrower_only: bool
    stopped_by: Mapping[str, frozenset[str]]
    may_be_switched_off: Mapping[str, frozenset[str]]
    forbidden_words: tuple[str, ...]
    cited: Mapping[str, str]
    """The source of each duty as it is shown to people."""


def contact_law(pack: RulePack, *, on: date, lender_type: str) -> ContactLaw:
    """The law of contacts on a day.

    Raises: RuleNotInForce.
    """
    found = {duty: pack.value(f"contact.{duty}", on=on, lender_type=lender_type) for duty in _DUTIES}
    return ContactLaw(
        quiet_hours={purpose: (hours[0], hours[1]) for purpose, hours in found["quiet_hours"].value.items()},
        count_per_day={"inbox": UNCOUNTED, **found["count_per_day"].value},
        attempts_per_number=found["attempts_per_number"].value,
        borrower_only=found["borrower_only"].value,
        stopped_by={purpose: frozenset(stops) for purpose, stops in found["stopped_by"].value.items()},
        may_be_switched_off={
            purpose: frozenset(channels) for purpose, channels in found["may_be_switched_off"].value.items()
        },
        forbidden_words=tuple(found["forbidden_words"].value),
        cited={duty: value.cited for duty, value in found.items()},
    )
