"""An amount divided so that the parts are whole minor units and add up to it."""

from collections.abc import Sequence
from enum import StrEnum

from fenqi.core.money.amount import Rounding, round_ratio


class Rest(StrEnum):
    """Which part takes what equal parts leave over."""

    FIRST = "first"
    """The first part differs."""
    LAST = "last"
    """The last part differs, as in instalment plans."""


def split_equally(total_minor: int, count: int, *, rest: Rest = Rest.LAST) -> tuple[int, ...]:
    """Divide an amount into equal parts rounded half-up; one part takes what is left.

    Where rounding up would use the amount up too early, the parts are rounded down, so none changes sign.

    Units: minor units.
    Raises: ValueError for less than one part.
    """
    if count < 1:
        raise ValueError("an amount is divided into at least one part")
    part = round_ratio(total_minor, count, Rounding.HALF_UP)
    if abs(part) * (count - 1) > abs(total_minor):
        part = round_ratio(total_minor, count, Rounding.DOWN)
    equal, odd = (part,) * (count - 1), (total_minor - part * (count - 1),)
    return odd + equal if rest is Rest.FIRST else equal + odd


def split_pro_rata(total_minor: int, weights: Sequence[int]) -> tuple[int, ...]:
    """Divide an amount in proportion to weights, by the largest remainder; the earlier one wins a tie.

    Every part lies within one minor unit of its exact share, and one of weight 0 gets nothing.

    Units: minor units.
    Raises: ValueError for a negative weight, or if all are 0.
    """
    whole = sum(weights)
    if whole <= 0 or min(weights) < 0:
        raise ValueError("weights are not negative and not all 0")
    if total_minor < 0:
        return tuple(-part for part in split_pro_rata(-total_minor, weights))
    parts = [total_minor * weight // whole for weight in weights]
    remainders = [total_minor * weight % whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda place: -remainders[place])
    for place in by_remainder[: total_minor - sum(parts)]:
        parts[place] += 1
    return tuple(parts)
