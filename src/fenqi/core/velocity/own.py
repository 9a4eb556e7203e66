"""What an order says of itself, without any other."""

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from fenqi.core.velocity.definition import DAY_US, HOUR_US, Feature

SHANGHAI_US = 8 * HOUR_US
MONDAY_OFFSET = 3  # 1 January 1970 was a Thursday

Whole = TypeVar("Whole", int, NDArray[np.int64])


def own(feature: Feature, *, at_us: Whole, amount_minor: Whole) -> Whole:
    """The amount, or the hour (0 to 23) or weekday (0 is Monday) of the order in Shanghai; of one or of a column."""
    match feature.of:
        case "hour":
            return (at_us + SHANGHAI_US) // HOUR_US % 24
        case "weekday":
            return ((at_us + SHANGHAI_US) // DAY_US + MONDAY_OFFSET) % 7
        case _:
            return amount_minor
