"""What somebody else pays for a plan that is free to the customer."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from fenqi.core.product.schedule import plan
from fenqi.core.product.terms import Method, Terms


class SubsidyRow(NamedTuple):
    """The subsidy of one instalment: earned by the lender when that falls due."""

    instalment: int
    due_on: date
    subsidy_minor: int


def subsidy_rows(
    terms: Terms, *, rate_per_year: Decimal, principal_minor: int, start_on: date
) -> tuple[SubsidyRow, ...]:
    """The interest that the lender would earn at its own rate on what the customer still owes, period by period.

    A plan without interest repays equal parts of the principal, so the balances are those of equal principal.

    Units: minor units.
    Raises: RateOutOfRange, PrincipalNotPositive.
    """
    method = Method.EQUAL_PRINCIPAL if terms.method is Method.EQUAL_INSTALMENT else terms.method
    priced = plan(
        replace(terms, method=method, rate_per_year=rate_per_year), principal_minor=principal_minor, start_on=start_on
    )
    return tuple(SubsidyRow(row.instalment, row.due_on, row.interest_minor + row.fee_minor) for row in priced.rows)


def subsidy_of(rows: Sequence[SubsidyRow]) -> int:
    """The whole subsidy.

    Units: minor units.
    """
    return sum(row.subsidy_minor for row in rows)
