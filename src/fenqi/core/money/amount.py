"""Amounts in minor units, and the one place where a fraction of one is rounded."""

from decimal import Decimal
from enum import StrEnum
from fractions import Fraction


class Rounding(StrEnum):
    """What happens to the part of a minor unit that cannot be paid."""

    HALF_UP = "half_up"
    """To the nearest; a tie goes away from zero. The product's own plans."""
    HALF_EVEN = "half_even"
    """To the nearest; a tie goes to the even one, so that ties do not drift in one direction."""
    DOWN = "down"
    """Towards zero: what is charged never exceeds the exact amount."""


def round_ratio(numerator: int, denominator: int, rounding: Rounding) -> int:
    """Round numerator ÷ denominator to a whole number; the denominator is positive."""
    if numerator < 0:
        return -round_ratio(-numerator, denominator, rounding)
    if rounding is Rounding.HALF_UP:
        return (2 * numerator + denominator) // (2 * denominator)
    whole, rest = divmod(numerator, denominator)
    if rounding is Rounding.DOWN:
        return whole
    if 2 * rest > denominator or (2 * rest == denominator and whole & 1):
        return whole + 1
    return whole


def round_minor(value: Decimal | Fraction, rounding: Rounding) -> int:
    """Round an exact number of minor units to whole ones."""
    numerator, denominator = value.as_integer_ratio()
    return round_ratio(numerator, denominator, rounding)
