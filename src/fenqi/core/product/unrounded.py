"""A plan before any rounding: what each instalment would be if fractions of a cent could be paid."""

from collections.abc import Sequence
from fractions import Fraction

from fenqi.core.product.schedule import Schedule, period_factors
from fenqi.core.product.terms import Method, Terms


def unrounded_payments(terms: Terms, schedule: Schedule) -> list[Fraction]:
    """The exact payment of each instalment of the plan whose rounded form is given.

    Units: minor units.
    """
    days = [schedule.start_on, *(row.due_on for row in schedule.rows)]
    factors = [Fraction(*factor) for factor in period_factors(terms, days)]
    principal = Fraction(schedule.principal_minor)
    match terms.method:
        case Method.EQUAL_INSTALMENT:
            return _equal_instalments(principal, factors)
        case Method.EQUAL_PRINCIPAL:
            part = principal / len(factors)
            return [part + (principal - part * before) * factor for before, factor in enumerate(factors)]
        case Method.FLAT_FEE | Method.FLAT_INTEREST:
            return _flat(principal, factors, free=terms.interest_free_count)
        case Method.INTEREST_ONLY:
            interest = [principal * factor for factor in factors]
            return [*interest[:-1], interest[-1] + principal]
        case Method.SINGLE_PAYMENT:
            return [principal * (1 + factors[0])]


def _equal_instalments(principal: Fraction, factors: Sequence[Fraction]) -> list[Fraction]:
    grown, repaid_by_one = Fraction(1), Fraction(0)
    for factor in factors:
        grown *= 1 + factor
        repaid_by_one = repaid_by_one * (1 + factor) + 1
    return [principal * grown / repaid_by_one] * len(factors)


def _flat(principal: Fraction, factors: Sequence[Fraction], *, free: int) -> list[Fraction]:
    paying = factors[free:]
    cost = principal * sum(paying, Fraction(0)) / len(paying) if paying else Fraction(0)
    part = principal / len(factors)
    return [part] * free + [part + cost] * len(paying)
