"""What a merchant or brand pays for an interest-free plan, earned evenly over its days."""

from fenqi.core.money.amount import Rounding, round_ratio


def amortised(amount_minor: int, day: int, days: int, rounding: Rounding = Rounding.HALF_UP) -> int:
    """The part of a subsidy earned by the end of its day-th day; a day's part is the difference of two of these.

    Units: minor units; days are counted from 1.
    """
    return round_ratio(amount_minor * min(max(day, 0), days), days, rounding) if days else amount_minor
