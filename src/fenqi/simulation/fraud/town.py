"""Towns, and what people in them have in common: networks, merchants, places where parcels are kept."""

from dataclasses import dataclass

from fenqi.simulation.fraud.lot import Lots

TOWNS = {
    "beijing": (3990, 11640), "shanghai": (3123, 12147), "guangzhou": (2313, 11326), "shenzhen": (2254, 11406),
    "chengdu": (3057, 10407), "wuhan": (3059, 11431), "xian": (3434, 10894), "hangzhou": (3027, 12016),
    "nanjing": (3206, 11880), "shenyang": (4181, 12343), "kunming": (2504, 10271), "urumqi": (4383, 8762),
    "lanzhou": (3606, 10383), "xiamen": (2448, 11809), "jinan": (3665, 11712), "harbin": (4580, 12653),
}  # fmt: skip
"""Latitude and longitude in hundredths of a degree."""
WEIGHTS = (10, 11, 8, 8, 7, 5, 4, 6, 5, 3, 2, 1, 1, 2, 3, 2)
SUBURBS_CENTIDEG = 15
MAST_IPS = 40
"""A mobile network has so many addresses in a town, behind which all its customers stand."""
LOCKERS = 12
"""Parcel lockers, dormitories and offices of a town: addresses that many good customers share."""


@dataclass(frozen=True, slots=True)
class Town:
    """A town by its number."""

    name: str
    place: tuple[int, int]

    def somewhere(self, lots: Lots) -> tuple[int, int]:
        """A place in the town or its suburbs."""
        north, east = self.place
        reach = SUBURBS_CENTIDEG
        return north + lots.whole(-reach, reach), east + lots.whole(-reach, reach)

    def mast_ip(self, lots: Lots) -> str:
        """The address of a mobile network."""
        return f"ip-mast-{self.name}-{lots.whole(1, MAST_IPS)}"

    def locker(self, lots: Lots) -> str:
        """An address that many share."""
        return f"address-locker-{self.name}-{lots.whole(1, LOCKERS)}"


def towns() -> tuple[Town, ...]:
    """All towns."""
    return tuple(Town(name, place) for name, place in TOWNS.items())


def some_town(lots: Lots) -> Town:
    """A town, as likely as it is large."""
    return towns()[lots.weighed(WEIGHTS)]


def far_from(town: Town, lots: Lots) -> Town:
    """Another town that is not next door."""
    north, east = town.place
    far = [one for one in towns() if abs(one.place[0] - north) + abs(one.place[1] - east) > 600]
    return lots.pick(far)
