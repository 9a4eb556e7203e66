"""The numbers by which loans are valued in columns: read from their terms once, however many loans there are."""

from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from fenqi.core.dates.day_count import DayCount
from fenqi.core.loan.arrears_table import Integers, LateRule
from fenqi.core.loan.policy import EarlyInterest, Policy, Recalculation
from fenqi.core.money.amount import Rounding
from fenqi.core.product.terms import Frequency, Method, Terms

NIGHT, PER = 0, 1
"""Interest of a night per unit of balance is NIGHT ÷ PER; of a month of 30 days, that ÷ the days of the period."""
BY_PERIOD = 2
FREE_COUNT = 3
IS_FLAT = 4
TRUNCATES = 5
LATE_NIGHT, LATE_PER = 6, 7
"""The late charge of a day per unit of overdue principal."""
IS_KNOWN = 8
"""Whether columns can tell of such loans at all."""

_MONTH_YEARS = {DayCount.THIRTY_360: 360, DayCount.THIRTY_364: 364, DayCount.THIRTY_365: 365}
_DAY_YEARS = {DayCount.ACTUAL_360: 360, DayCount.ACTUAL_364: 364, DayCount.ACTUAL_365: 365}
_SAFE_MAX = 2**31
"""Larger fractions of a night leave no room for a balance beside them."""


def value_figures(pairs: Sequence[tuple[Terms, Policy]]) -> Integers:
    """Read the figures of terms and policies.

    Shapes: (pairs, figures).
    """
    return np.array([_figures(terms, policy) for terms, policy in pairs], np.int64)


def late_rule(figures: Integers) -> LateRule:
    """The late charges of some figures.

    Shapes: `figures` (loans, figures).
    """
    return LateRule(figures[:, LATE_NIGHT], figures[:, LATE_PER], figures[:, TRUNCATES] != 0)


def _figures(terms: Terms, policy: Policy) -> list[int]:
    night, late = _night(terms).as_integer_ratio(), policy.late_rate_per_day.as_integer_ratio()
    is_known = _is_known(terms, policy) and max(*night, *late) < _SAFE_MAX
    if not is_known:
        night, late = (0, 1), (0, 1)
    return [
        *night,
        _by_period(terms),
        terms.interest_free_count,
        terms.method is Method.FLAT_FEE,
        terms.rounding is Rounding.DOWN,
        *late,
        is_known,
    ]


def _by_period(terms: Terms) -> bool:
    return terms.day_count in _MONTH_YEARS and terms.frequency is Frequency.MONTHS


def _night(terms: Terms) -> Fraction:
    """Interest of a night per unit of balance; of months of 30 days, of a period of one day."""
    year = _MONTH_YEARS.get(terms.day_count) or _DAY_YEARS.get(terms.day_count)
    if year is None or terms.method is Method.FLAT_FEE:
        return Fraction(0)
    months = terms.repay_every * (terms.instalment_count if terms.method is Method.SINGLE_PAYMENT else 1)
    return Fraction(terms.rate_per_year) * (30 * months if _by_period(terms) else 1) / year


def _is_known(terms: Terms, policy: Policy) -> bool:
    return (
        (terms.day_count in _MONTH_YEARS or terms.day_count in _DAY_YEARS)
        and terms.method is not Method.FLAT_INTEREST
        and terms.rounding is not Rounding.HALF_EVEN
        and not terms.down_payment_share
        and policy.recalculation is Recalculation.EARLY
        and policy.early_interest is EarlyInterest.TO_THE_DAY
        and not policy.factor_digits
    )
