"""What somebody else pays for a plan that is free to the customer."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from fenqi.core.money.amount import round_ratio
from fenqi.core.product.schedule import period_factors, plan
from fenqi.core.product.terms import Method, Terms

_FLAT = (Method.FLAT_FEE, Method.FLAT_INTEREST)


class SubsidyRow(NamedTuple):
    """The subsidy of one instalment: earned by the lender when that falls due."""

    instalment: int
    due_on: date
    subsidy_minor: int


def subsidy_rows(
    terms: Terms, *, rate_per_year: Decimal, principal_minor: int, start_on: date
) -> tuple[SubsidyRow, ...]:
    """The interest that the lender would earn at its own rate on what the customer still owes, period by period.

    A flat plan's subsidy is the flat cost that the customer is spared.

    Units: minor units.
    Raises: RateOutOfRange, PrincipalNotPositive.
    """
    priced = replace(terms, rate_per_year=rate_per_year)
    if terms.method in _FLAT:
        rows = plan(priced, principal_minor=principal_minor, start_on=start_on).rows
        return tuple(SubsidyRow(row.instalment, row.due_on, row.interest_minor + row.fee_minor) for row in rows)
    rows = plan(terms, principal_minor=principal_minor, start_on=start_on).rows
    owed = (principal_minor, *(row.balance_minor for row in rows))
    factors = period_factors(priced, [start_on, *(row.due_on for row in rows)])
    return tuple(
        SubsidyRow(row.instalment, row.due_on, round_ratio(balance * numerator, denominator, terms.rounding))
        for row, balance, (numerator, denominator) in zip(rows, owed, factors, strict=False)
    )


def subsidy_of(rows: Sequence[SubsidyRow]) -> int:
    """The whole subsidy.

    Units: minor units.
    """
    return sum(row.subsidy_minor for row in rows)
