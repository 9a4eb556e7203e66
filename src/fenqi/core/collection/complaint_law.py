"""What the rule pack says of complaints on one day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from fenqi.core.collection.complaint import ComplaintCause
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
    objection_days: int
    """To a credit record; not extended."""
    cited: Mapping[str, str]

    def days_for(self, cause: ComplaintCause) -> int:
        """Within how many days a complaint of a cause is answered."""
        return self.objection_days if cause is ComplaintCause.CREDIT_RECORD else self.answer_days

    def source_for(self, cause: ComplaintCause) -> str:
        """Who says so."""
        return self.cited["objection_days" if cause is ComplaintCause.CREDIT_RECORD else "answer_days"]


def complaint_law(pack: RulePack, *, on: date, lender_type: str) -> ComplaintLaw:
    """The rules of a day.

    Raises: RuleNotInForce.
    """
    found = {name: pack.value(f"complaint.{name}", on=on, lender_type=lender_type) for name in _NAMES}
    found["objection_days"] = pack.value("credit_report.objection_days", on=on, lender_type=lender_type)
    return ComplaintLaw(
        acknowledge_days=found["acknowledge_days"].value,
        answer_days=found["answer_days"].value,
        extended_days=found["extended_days"].value,
        settled_days=found["settled_days"].value,
        objection_days=found["objection_days"].value,
        cited={name: value.cited for name, value in found.items()},
    )
