"""How far two places are apart, by the divisions they lie in."""

from math import asin, cos, radians, sin, sqrt

_EARTH_KM = 6371
_SEATS: dict[str, tuple[float, float]] = {
    "11": (39.90, 116.41), "12": (39.13, 117.20), "13": (38.04, 114.51), "14": (37.87, 112.55), "15": (40.82, 111.66),
    "21": (41.80, 123.43), "22": (43.88, 125.32), "23": (45.80, 126.53), "31": (31.23, 121.47), "32": (32.06, 118.79),
    "33": (30.27, 120.16), "34": (31.82, 117.23), "35": (26.08, 119.30), "36": (28.68, 115.86), "37": (36.65, 117.00),
    "41": (34.76, 113.65), "42": (30.59, 114.31), "43": (28.23, 112.94), "44": (23.13, 113.26), "45": (22.82, 108.32),
    "46": (20.02, 110.35), "50": (29.56, 106.55), "51": (30.66, 104.07), "52": (26.65, 106.63), "53": (25.04, 102.71),
    "54": (29.65, 91.13), "61": (34.27, 108.95), "62": (36.06, 103.83), "63": (36.62, 101.78), "64": (38.47, 106.28),
    "65": (43.83, 87.62), "71": (25.04, 121.56), "81": (22.28, 114.16), "82": (22.20, 113.55),
}  # fmt: skip
"""The seats of the first-level divisions, latitude and longitude in degrees. Source: GB/T 2260 for the codes."""


def place_of(region: str | None) -> tuple[int, int] | None:
    """The seat of the division that a code lies in, in hundredths of a degree; None for a code that is none."""
    seat = None if region is None else _SEATS.get(region[:2])
    return None if seat is None else (round(100 * seat[0]), round(100 * seat[1]))


def distance_km(one: str, other: str) -> int | None:
    """Whole kilometres between the seats of the divisions that two codes lie in; None for a code that is none."""
    here, there = _SEATS.get(one[:2]), _SEATS.get(other[:2])
    if here is None or there is None:
        return None
    (lat, lon), (lat_2, lon_2) = (tuple(map(radians, seat)) for seat in (here, there))
    half = sin((lat_2 - lat) / 2) ** 2 + cos(lat) * cos(lat_2) * sin((lon_2 - lon) / 2) ** 2
    return round(2 * _EARTH_KM * asin(sqrt(half)))
