"""What the rule pack says of complaints on one day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from fenqi.core.rulepack.pack import RulePack

_NAMES = ("acknowledge_days", "answer_days", "extended_days", "settled_days")


@dataclass(frozen=True)
class ComplaintLaw:
    """The values in force, and who says so."""

    acknowledge_days: int
    """Working days."""
    answer_days: int
    extended_days: int
    settled_days: int
    """Until an answered complaint is closed."""
    cited: Mapping[str, str]


def complaint_law(pack: RulePack, *, on: date, lender_type: str) -> ComplaintLaw:
    """The rules of a day.

    Raises: RuleNotInForce.
    """
    found = {name: pack.value(f"complaint.{name}", on=on, lender_type=lender_type) for name in _NAMES}
    return ComplaintLaw(
        acknowledge_days=found["acknowledge_days"].value,
        answer_days=found["answer_days"].value,
        extended_days=found["extended_days"].value,
        settled_days=found["settled_days"].value,
        cited={name: value.cited for name, value in found.items()},
    )
