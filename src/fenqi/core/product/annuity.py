"""The equal instalment: one amount that repays a balance with interest over periods of any length."""

from collections.abc import Sequence
from decimal import ROUND_HALF_EVEN, Context, Decimal
from functools import lru_cache

from fenqi.core.money.amount import Rounding, round_ratio

Factor = tuple[int, int]
"""Interest of one period per unit of balance, as numerator and denominator."""

_DECIMALS = 30
_SCALE = 10**_DECIMALS


def rounded_factor(numerator: int, denominator: int, digits: int) -> Factor:
    """A factor rounded half-even to significant digits; without digits it stays exact."""
    if not digits:
        return numerator, denominator
    rounded = Context(prec=digits, rounding=ROUND_HALF_EVEN).divide(Decimal(numerator), Decimal(denominator))
    return int(rounded.scaleb(_DECIMALS, Context(prec=_DECIMALS + digits))), _SCALE


def equal_instalment(owed: Factor, factors: Sequence[Factor], *, rounding: Rounding, multiple_minor: int = 1) -> int:
    """The instalment that repays what is owed on the first due day, and then the rest over the later periods.

    `owed` is balance plus real interest on the first due day, exact; `factors` are those of the periods after it.
    fn₁ = 1, fnᵢ = fnᵢ₋₁ · (1 + rᵢ) + 1; instalment = owed · Π(1 + rᵢ) ÷ fn.

    Units: minor units.
    """
    product = fn = _SCALE
    for numerator, denominator in factors:
        grown = numerator + denominator
        product = product * grown // denominator
        fn = fn * grown // denominator + _SCALE
    numerator, denominator = owed
    return round_ratio(numerator * product, denominator * fn * multiple_minor, rounding) * multiple_minor


@lru_cache(maxsize=4096)
def even_instalment(numerator: int, denominator: int, count: int) -> Factor:
    """The equal instalment per unit of principal over periods that all bear the same interest, exactly.

    With g = 1 + r: r · gⁿ ÷ (gⁿ − 1), or 1 ÷ n without interest.
    """
    if numerator == 0:
        return 1, count
    grown, whole = (numerator + denominator) ** count, denominator**count
    return numerator * grown, denominator * (grown - whole)
