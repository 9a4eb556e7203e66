"""Schemes of invented people: one account that orders again and again, a farm of accounts on one device, a ring."""

from collections.abc import Iterator

from fenqi.simulation.fraud.cast import Attempt, Cast, at_some_hour, seen_place, usual_amount
from fenqi.simulation.fraud.habit import MINUTE
from fenqi.simulation.fraud.lot import Lots
from fenqi.simulation.fraud.town import some_town
from fenqi.simulation.fraud.truth import Order, Scheme

RING_BEHAVES_DAYS = 30


def velocity(cast: Cast, lots: Lots, incident: int) -> Iterator[Order]:
    """A new account on a device that may have served before, ordering every few minutes."""
    town, day = some_town(lots), lots.between(0, cast.days - 1)
    device = f"device-v{incident if lots.hit(0.6) else lots.whole(0, incident)}"
    merchants = [lots.whole(0, len(cast.prices) - 1) for _ in range(lots.whole(1, 4))]
    address = town.locker(lots) if lots.hit(0.3) else f"address-v{incident}"
    ip = town.mast_ip(lots) if lots.hit(0.6) else f"ip-vpn-{lots.whole(1, 60)}"
    day, times = at_some_hour(day, lots), lots.lognormal(1.3, 0.5)
    for _ in range(lots.whole(5, 22)):
        merchant = lots.pick(merchants)
        attempt = Attempt(
            day=day,
            amount_yuan=usual_amount(cast, merchant, times, lots),
            customer=f"customer-v{incident}",
            device=device,
            ip=ip,
            address=address,
            merchant=merchant,
            card=f"card-v{incident}-{lots.whole(1, 2)}",
            contact=f"contact-v{incident}",
            place=seen_place(town.place, lots),
        )
        yield Order(attempt.event, Scheme.VELOCITY, incident)
        day += lots.wait(6 * MINUTE)


def shared(cast: Cast, lots: Lots, incident: int) -> Iterator[Order]:
    """Many new accounts on one or two devices within days, delivered to one to three addresses."""
    town, day = some_town(lots), lots.between(0, cast.days - 7)
    addresses = [f"address-s{incident}-{number}" for number in range(lots.whole(1, 3))]
    if lots.hit(0.3):
        addresses.append(town.locker(lots))
    devices = [f"device-s{incident}-{number}" for number in range(lots.whole(1, 2))]
    contacts, times = lots.whole(1, 6), lots.lognormal(1.5, 0.4)
    for member in range(lots.whole(5, 14)):
        begins, device = day + lots.between(0, 6), lots.pick(devices)
        for _ in range(lots.whole(1, 2)):
            merchant = lots.whole(0, len(cast.prices) - 1)
            attempt = Attempt(
                day=at_some_hour(begins, lots),
                amount_yuan=usual_amount(cast, merchant, times, lots),
                customer=f"customer-s{incident}-{member}",
                device=device,
                ip=town.mast_ip(lots),
                address=lots.pick(addresses),
                merchant=merchant,
                card=f"card-s{incident}-{member}",
                contact=f"contact-s{incident}-{lots.whole(1, contacts)}",
                place=seen_place(town.place, lots),
            )
            yield Order(attempt.event, Scheme.SHARED, incident)


def ring(cast: Cast, lots: Lots, incident: int) -> Iterator[Order]:
    """Identities in a chain, each sharing one thing with the next: small orders that are paid, then the bust-out.

    What was ordered before the bust-out was paid for, so it is no fraud.
    """
    town, size = some_town(lots), lots.whole(4, 10)
    day = lots.between(0, max(cast.days - RING_BEHAVES_DAYS - 5, 0))
    links = [lots.pick(("device", "address", "contact", "card")) for _ in range(size)]
    bust_day = day + RING_BEHAVES_DAYS
    for member in range(size):
        for _ in range(lots.whole(1, 3)):
            small = _of_ring(cast, lots, incident, member, links, town.place, day=day + lots.between(0, 25), times=0.5)
            yield Order(small.event, None, incident)
        for _ in range(lots.whole(2, 4)):
            at = bust_day + lots.between(0, 3)
            large = _of_ring(cast, lots, incident, member, links, town.place, day=at, times=3.0)
            yield Order(large.event, Scheme.RING, incident)


def _of_ring(
    cast: Cast,
    lots: Lots,
    incident: int,
    member: int,
    links: list[str],
    place: tuple[int, int],
    *,
    day: float,
    times: float,
) -> Attempt:
    merchant = lots.whole(0, len(cast.prices) - 1)

    def own(what: str) -> str:
        linked = member and links[member - 1] == what and lots.hit(0.7)
        return f"{what}-r{incident}-{member - 1 if linked else member}"

    return Attempt(
        day=at_some_hour(day, lots),
        amount_yuan=usual_amount(cast, merchant, times, lots),
        customer=f"customer-r{incident}-{member}",
        device=own("device"),
        ip=f"ip-r{incident}-{lots.whole(1, 4)}",
        address=own("address"),
        merchant=merchant,
        card=own("card"),
        contact=own("contact"),
        place=seen_place(place, lots),
    )
