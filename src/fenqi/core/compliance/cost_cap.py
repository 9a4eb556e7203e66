"""No loan is made above the ceiling on its annual cost, whoever priced it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from fenqi.core.product.apr import annual_cost
from fenqi.core.product.capped import CostAboveCeiling, require_within
from fenqi.core.product.schedule import Schedule
from fenqi.core.product.terms import Terms
from fenqi.core.rulepack.ceiling import cost_ceiling
from fenqi.core.rulepack.pack import RulePack

AVERAGE = "cost_cap.average_ceiling"


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeLoan:
    """What a loan adds to the average: its principal and its annual cost.

    Units: percent a year.
    """

    principal_minor: int
    annual_percent: Decimal


def require_within_cap(schedule: Schedule, terms: Terms, *, pack: RulePack, lender_type: str, on: date) -> None:
    """Refuse a plan that costs more than the law allows this type of lender on the day the loan is made.

    The second lock: pricing has kept to the ceiling, and here the finished plan is held against the law again,
    exactly, on the rows as they will be paid.

    Raises: CostAboveCeiling, naming ceiling and source; LenderTypeUnknown, RuleNotInForce.
    """
    require_within(cost_ceiling(pack, lender_type=lender_type, on=on), schedule, terms)


def made_loan(schedule: Schedule, terms: Terms) -> MadeLoan:
    """What a plan adds to the average of new loans."""
    return MadeLoan(principal_minor=schedule.principal_minor, annual_percent=annual_cost(schedule, terms).irr_nominal)


def average_percent(loans: Iterable[MadeLoan]) -> Fraction:
    """The average annual cost of loans, weighted by principal; 0 of none.

    Units: percent a year.
    """
    known = tuple(loans)
    principal_minor = sum(loan.principal_minor for loan in known)
    weighted = sum((Fraction(loan.annual_percent) * loan.principal_minor for loan in known), Fraction(0))
    return weighted / principal_minor if principal_minor else Fraction(0)


def require_average_within_cap(loans: Iterable[MadeLoan], *, pack: RulePack, lender_type: str, on: date) -> None:
    """Refuse a set of new loans whose average cost is above the ceiling on averages, where the lender has one.

    Raises: CostAboveCeiling.
    """
    if lender_type not in pack.lender_types(AVERAGE):
        return
    rule = pack.value(AVERAGE, on=on, lender_type=lender_type)
    average = average_percent(loans)
    if average > Fraction(rule.decimal()):
        raise CostAboveCeiling(
            f"new loans cost {float(average):.5f} % a year on average, above {rule.decimal()} %",
            allowed=f"at most {rule.decimal()} % a year on average for {lender_type} on {on}",
            source=rule.cited,
        )
