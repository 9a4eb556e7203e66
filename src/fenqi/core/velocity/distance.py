"""How far two places lie from each other, and how fast somebody must have travelled; in integers, so exact."""

import math

METRES_PER_CENTIDEG = 1112
COSINE_PERMILLE = tuple(round(1000 * math.cos(math.radians(degree))) for degree in range(91))
HALF_TURN_CENTIDEG = 18_000
SHORTEST_US = 60_000_000
"""Two orders within a minute count as a minute apart, or a phone between two masts would be a rocket."""
US_PER_HOUR = 3_600_000_000


def kilometres(one: tuple[int, int], other: tuple[int, int]) -> int:
    """The distance of two places on a flat map at their middle latitude, in whole kilometres.

    Over 2,000 km it is wrong by a few percent, which no feature needs better.

    Units: latitude and longitude in hundredths of a degree.
    """
    (north, east), (other_north, other_east) = one, other
    turn = abs(east - other_east)
    along = min(turn, 2 * HALF_TURN_CENTIDEG - turn) * COSINE_PERMILLE[abs(north + other_north) // 200]
    across = abs(north - other_north) * METRES_PER_CENTIDEG
    along = along * METRES_PER_CENTIDEG // 1000
    return math.isqrt(along * along + across * across) // 1000


def kilometres_per_hour(distance_km: int, *, took_us: int) -> int:
    """The speed over a distance, in whole kilometres an hour."""
    return distance_km * US_PER_HOUR // max(took_us, SHORTEST_US)
