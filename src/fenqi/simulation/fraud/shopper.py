"""Good customers: who they are, what they own, and with whom they share it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from fenqi.simulation.fraud.lot import Lots
from fenqi.simulation.fraud.town import Town, far_from, some_town

HOUSEHOLD_SIZES = (1, 2, 3, 4)
HOUSEHOLD_WEIGHTS = (45, 30, 18, 7)
USES_VPN, USES_LOCKER, SHARES_DEVICE, SHARES_CARD = 0.04, 0.30, 0.12, 0.10
JOINS_LATER = 0.25
MONTHS_OF_A_DEVICE, MONTHS_OF_AN_ADDRESS = 20, 30
TRIPS_PER_MONTH = 0.25
MONTH_DAYS = 30
FAVOURITES = 4


@dataclass(frozen=True, slots=True)
class Stay:
    """Days spent in another town."""

    from_day: float
    until_day: float
    town: Town


@dataclass(frozen=True, slots=True)
class Shopper:
    """A customer as the lender sees them; of devices and addresses, the second is used from `moves_day` on."""

    name: str
    town: Town
    home: tuple[int, int]
    ip: str
    devices: tuple[str, str]
    device_day: float
    addresses: tuple[str, str]
    address_day: float
    locker: str | None
    card: str
    contact: str
    favourites: tuple[int, ...]
    joins_day: float
    orders_per_day: float
    spending: float
    uses_vpn: bool
    stays: tuple[Stay, ...]

    def device(self, day: float) -> str:
        """The device used on a day."""
        return self.devices[day >= self.device_day]

    def address(self, day: float) -> str:
        """The address lived at on a day."""
        return self.addresses[day >= self.address_day]

    def town_on(self, day: float) -> Town:
        """The town somebody is in on a day."""
        return next((stay.town for stay in self.stays if stay.from_day <= day < stay.until_day), self.town)


def shoppers(count: int, *, days: int, merchants: int, lots: Lots) -> tuple[Shopper, ...]:
    """Invent so many customers, household by household."""
    found: list[Shopper] = []
    while len(found) < count:
        found += _household(len(found), days=days, merchants=merchants, lots=lots)
    return tuple(found[:count])


def _household(first: int, *, days: int, merchants: int, lots: Lots) -> Iterator[Shopper]:
    head = _shopper(first, some_town(lots), days=days, merchants=merchants, lots=lots)
    yield head
    for number in range(first + 1, first + HOUSEHOLD_SIZES[lots.weighed(HOUSEHOLD_WEIGHTS)]):
        member = _shopper(number, head.town, days=days, merchants=merchants, lots=lots)
        yield replace(
            member,
            home=head.home,
            ip=head.ip,
            addresses=head.addresses,
            address_day=head.address_day,
            devices=head.devices if lots.hit(SHARES_DEVICE) else member.devices,
            card=head.card if lots.hit(SHARES_CARD) else member.card,
        )


def _shopper(number: int, town: Town, *, days: int, merchants: int, lots: Lots) -> Shopper:
    joins_day = lots.between(0, days) if lots.hit(JOINS_LATER) else 0.0
    return Shopper(
        name=f"customer-{number}",
        town=town,
        home=town.somewhere(lots),
        ip=f"ip-home-{number}",
        devices=(f"device-{number}a", f"device-{number}b"),
        device_day=lots.wait(MONTHS_OF_A_DEVICE * MONTH_DAYS),
        addresses=(f"address-{number}a", f"address-{number}b"),
        address_day=lots.wait(MONTHS_OF_AN_ADDRESS * MONTH_DAYS),
        locker=town.locker(lots) if lots.hit(USES_LOCKER) else None,
        card=f"card-{number}",
        contact=f"contact-{number}",
        favourites=tuple(int(merchants * lots.share() ** 2) for _ in range(FAVOURITES)),
        joins_day=joins_day,
        orders_per_day=lots.lognormal(0.06, 0.7),
        spending=lots.lognormal(1.0, 0.5),
        uses_vpn=lots.hit(USES_VPN),
        stays=_stays(town, days=days, lots=lots),
    )


def _stays(town: Town, *, days: int, lots: Lots) -> tuple[Stay, ...]:
    stays: list[Stay] = []
    for _ in range(lots.times(TRIPS_PER_MONTH * days / MONTH_DAYS)):
        begins = lots.between(0, days)
        stays.append(Stay(begins, begins + lots.between(1, 6), far_from(town, lots)))
    return tuple(stays)
