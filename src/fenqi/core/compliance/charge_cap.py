"""Interest, late charges and fees together stay within the ceiling, also when something is charged later."""

from datetime import date
from fractions import Fraction

from fenqi.core.loan.state import LoanState
from fenqi.core.money.rate import percent_text
from fenqi.core.product.apr import costs_at_most_percent, unit_periods_between
from fenqi.core.product.capped import CostAboveCeiling
from fenqi.core.product.terms import Frequency, Terms
from fenqi.core.rulepack.ceiling import CostCeiling

_DAYS = {Frequency.MONTHS: Fraction(146097, 4800), Frequency.WEEKS: Fraction(7), Frequency.DAYS: Fraction(1)}
"""Days of a unit-period; a month's are those of 400 years ÷ 4,800."""


def require_charged_within_cap(state: LoanState, terms: Terms, *, ceiling: CostCeiling) -> None:
    """Refuse a loan whose cost a year, with everything that was charged on it, is above the ceiling of its lender.

    Each due counts at the whole instalment distance nearest to its day, as a plan's own dues do.

    Raises: CostAboveCeiling.
    Source: RATE-13 of the rule pack's facts: interest, late charges and fees together.
    """
    principal_minor = sum(draw.amount_minor for draw in state.draws)
    if not principal_minor:
        return
    payments = _payments(state, terms, from_on=min(draw.on for draw in state.draws))
    if not costs_at_most_percent(principal_minor, payments, terms=terms, percent=ceiling.percent):
        raise CostAboveCeiling(
            f"with this charge the loan costs {sum(payments) - principal_minor} in minor units, too much a year",
            allowed=f"at most {percent_text(ceiling.percent)} % a year in all for {ceiling.lender_type}",
            source=ceiling.cited,
        )


def _payments(state: LoanState, terms: Terms, *, from_on: date) -> list[int]:
    distance = _DAYS[terms.frequency] * unit_periods_between(terms)
    places = [max(round((row.due_on - from_on).days / distance), 1) for row in state.rows]
    payments = [0] * max(places, default=0)
    for place, row in zip(places, state.rows, strict=True):
        payments[place - 1] += row.due.total
    return payments
