"""What a step brought: how much less often those it touched failed than those it left alone."""

from dataclasses import dataclass
from math import hypot, sqrt

NORMAL_95 = 1.959964


@dataclass(frozen=True, slots=True, kw_only=True)
class Arms:
    """Customers who came to a step, done to or held out, and how many of each failed afterwards."""

    done_count: int
    done_failed: int
    held_out_count: int
    held_out_failed: int


@dataclass(frozen=True, slots=True)
class Effect:
    """How much smaller the share of failures is where something was done, with its 95 % interval.

    Units: shares of one; negative where doing made it worse.
    """

    value: float
    low: float
    high: float


def effect(arms: Arms) -> Effect | None:
    """The difference of the two shares; None while one arm is empty.

    Source: Newcombe, Statistics in Medicine 17 (1998), method 10: the hybrid of two Wilson intervals.
    """
    if not arms.done_count or not arms.held_out_count:
        return None
    done, done_low, done_high = _wilson(arms.done_failed, arms.done_count)
    held, held_low, held_high = _wilson(arms.held_out_failed, arms.held_out_count)
    value = held - done
    return Effect(
        value,
        value - hypot(held - held_low, done_high - done),
        value + hypot(held_high - held, done - done_low),
    )


def _wilson(part: int, whole: int) -> tuple[float, float, float]:
    square = NORMAL_95**2
    middle = (part + square / 2) / (whole + square)
    reach = NORMAL_95 * sqrt(part * (whole - part) / whole + square / 4) / (whole + square)
    return part / whole, max(middle - reach, 0.0), min(middle + reach, 1.0)
