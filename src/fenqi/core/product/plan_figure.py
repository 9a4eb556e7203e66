"""The numbers by which a loop plans loans: read from their terms once, however many loans there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd

import numpy as np
from numpy.typing import NDArray

from fenqi.core.dates.day_count import DayCount
from fenqi.core.money.amount import Rounding
from fenqi.core.product.annuity import even_instalment
from fenqi.core.product.terms import Frequency, Method, Terms

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

TIMES, PLUS, PER = 0, 1, 2
"""Interest of a period is (balance · TIMES + PLUS) ÷ PER without the rest."""
AMOUNT_TIMES, AMOUNT_PLUS, AMOUNT_PER = 3, 4, 5
"""The same for the regular amount, in multiples, from the principal."""
MULTIPLE = 6
IS_NEAR = 7
"""1 where AMOUNT_TIMES is a fraction nearby: what falls close to a half is then in doubt."""
FIGURE_COUNT = 8

_SMALL = 2**20
"""Fractions of numbers below this are used exactly."""


def has_even_months(terms: Terms) -> bool:
    """Whether every period that is not free bears the same interest, so that amounts do not depend on the calendar."""
    return terms.frequency is Frequency.MONTHS and terms.day_count is DayCount.THIRTY_360


def period_interest(terms: Terms) -> Fraction:
    """The interest of a period per unit of balance."""
    every = terms.repay_every * (terms.instalment_count if terms.method is Method.SINGLE_PAYMENT else 1)
    return Fraction(terms.rate_per_year) * every / 12


Kind = tuple[Method, int, int]
"""What loans of one table share: how they are repaid, the instalments, and the first of them that are free."""


@dataclass(frozen=True, slots=True)
class TermsTable:
    """The terms of a book, ready to plan by.

    Shapes: `figures` (terms, `FIGURE_COUNT`); `kind_of` (terms), places in `kinds`; `ties_to_even` (terms).
    """

    terms: tuple[Terms, ...]
    figures: Floats
    kinds: tuple[Kind, ...]
    kind_of: NDArray[np.int16]
    ties_to_even: Flags


def terms_table(terms: Sequence[Terms]) -> TermsTable:
    """Read the figures of terms.

    Raises: ValueError for terms whose periods are not months of 30/360.
    """
    if not all(map(has_even_months, terms)):
        raise ValueError("only months of 30/360 bear the same interest whatever their days")
    kinds = sorted({_kind(one) for one in terms})
    return TermsTable(
        terms=tuple(terms),
        figures=np.array([_figures(one) for one in terms], dtype=np.float64).reshape(-1, FIGURE_COUNT),
        kinds=tuple(kinds),
        kind_of=np.array([kinds.index(_kind(one)) for one in terms], dtype=np.int16),
        ties_to_even=np.array([one.rounding is Rounding.HALF_EVEN for one in terms], dtype=np.bool_),
    )


def _kind(terms: Terms) -> Kind:
    if terms.method is Method.SINGLE_PAYMENT:
        return terms.method, 1, min(terms.interest_free_count, 1)
    return terms.method, terms.instalment_count, terms.interest_free_count


def _figures(terms: Terms) -> list[float]:
    interest = period_interest(terms)
    if terms.method is Method.EQUAL_INSTALMENT:
        share, multiple = _instalment(terms, interest), terms.instalment_multiple_minor
    elif terms.method is Method.EQUAL_PRINCIPAL:
        share, multiple = Fraction(1, terms.instalment_count), 1
    else:
        share, multiple = Fraction(0), 1
    share /= multiple
    is_near = max(share.as_integer_ratio()) >= _SMALL
    amount = [float(share), 0.5, 1.0] if is_near else _rounding(share, terms.instalment_rounding)
    return [*_rounding(interest, terms.rounding), *amount, float(multiple), float(is_near)]


def _rounding(share: Fraction, rounding: Rounding) -> list[float]:
    numerator, denominator = share.as_integer_ratio()
    if rounding is Rounding.DOWN:
        return [float(numerator), 0.0, float(denominator)]
    common = gcd(2 * numerator, denominator)
    return [float(2 * numerator // common), float(denominator // common), float(2 * denominator // common)]


def _instalment(terms: Terms, interest: Fraction) -> Fraction:
    """The equal instalment per unit of principal: exact, or nearby where the first periods are free."""
    count, free = terms.instalment_count, terms.interest_free_count
    if free in (0, count):
        numerator, denominator = (0, 1) if free else interest.as_integer_ratio()
        return Fraction(*even_instalment(numerator, denominator, count))
    grown, repaid_by_one = Fraction(1), Fraction(1)
    for number in range(1, count):
        growth = 1 + (interest if number >= free else 0)
        grown *= growth
        repaid_by_one = repaid_by_one * growth + 1
    return grown / repaid_by_one
