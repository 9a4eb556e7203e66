"""Schemes around real customers: a stolen session far away, an account taken over, and cash instead of goods."""

from collections.abc import Iterator

from fenqi.simulation.fraud.cast import Attempt, Cast, at_some_hour, network, seen_place, usual_amount
from fenqi.simulation.fraud.habit import MINUTE
from fenqi.simulation.fraud.lot import Lots
from fenqi.simulation.fraud.town import far_from, some_town
from fenqi.simulation.fraud.truth import Order, Scheme

ROUND_YUAN = 100


def geo_jump(cast: Cast, lots: Lots, incident: int) -> Iterator[Order]:
    """A customer orders at home, and within hours their session orders from far away."""
    day = at_some_hour(lots.between(0, cast.days - 1), lots)
    victim = cast.old_shopper(day, lots, since_days=0)
    away = far_from(victim.town, lots)
    merchant = lots.pick(victim.favourites)
    real = Attempt(
        day=day,
        amount_yuan=usual_amount(cast, merchant, victim.spending, lots),
        customer=victim.name,
        device=victim.device(day),
        ip=network(victim, victim.town, lots),
        address=victim.address(day),
        merchant=merchant,
        card=victim.card,
        contact=victim.contact,
        place=victim.home,
    )
    yield Order(real.event, None, incident)
    day += lots.between(0.2, 4) / 24
    device = victim.device(day) if lots.hit(0.6) else f"device-g{incident}"
    for _ in range(lots.whole(1, 3)):
        merchant = lots.whole(0, len(cast.prices) - 1)
        stolen = Attempt(
            day=day,
            amount_yuan=usual_amount(cast, merchant, victim.spending * 2.0, lots),
            customer=victim.name,
            device=device,
            ip=away.mast_ip(lots),
            address=away.locker(lots) if lots.hit(0.4) else f"address-g{incident}",
            merchant=merchant,
            card=victim.card,
            contact=victim.contact if lots.hit(0.4) else f"contact-g{incident}",
            place=away.somewhere(lots) if lots.hit(0.95) else None,
        )
        yield Order(stolen.event, Scheme.GEO_JUMP, incident)
        day += lots.wait(15 * MINUTE)


def takeover(cast: Cast, lots: Lots, incident: int) -> Iterator[Order]:
    """A thief on a device of their own buys what is dear, as the customer, sometimes for somebody else's address."""
    day = lots.between(10, cast.days - 1)
    victim = cast.old_shopper(day, lots, since_days=10)
    thief = incident if lots.hit(0.5) else lots.whole(max(incident - 8, 0), incident)
    town = victim.town if lots.hit(0.4) else some_town(lots)
    day = int(day) + lots.between(0, 6) / 24 if lots.hit(0.4) else at_some_hour(day, lots)
    address = victim.address(day) if lots.hit(0.25) else f"address-t{thief}"
    contact = victim.contact if lots.hit(0.35) else f"contact-t{thief}"
    for _ in range(lots.whole(1, 4)):
        merchant = lots.whole(0, len(cast.prices) - 1)
        stolen = Attempt(
            day=day,
            amount_yuan=usual_amount(cast, merchant, victim.spending * lots.lognormal(3.0, 0.4), lots),
            customer=victim.name,
            device=f"device-t{thief}",
            ip=f"ip-vpn-{lots.whole(1, 60)}" if lots.hit(0.3) else town.mast_ip(lots),
            address=address,
            merchant=merchant,
            card=victim.card if lots.hit(0.8) else f"card-t{thief}",
            contact=contact,
            place=seen_place(town.somewhere(lots), lots),
        )
        yield Order(stolen.event, Scheme.TAKEOVER, incident)
        day += lots.wait(20 * MINUTE)


def cash_out(cast: Cast, lots: Lots, incident: int) -> Iterator[Order]:
    """Customers spend nearly their limit, in round sums, at one small merchant within days; a dealer takes it all."""
    day, merchant = lots.between(0, cast.days - 9), cast.small_merchant(lots)
    dealer_address, dealer_contact = f"address-c{incident}", f"contact-c{incident}"
    for _ in range(lots.whole(3, 10)):
        begins = day + lots.between(0, 8)
        client = cast.old_shopper(begins, lots, since_days=0)
        limit_yuan = lots.whole(20, 120) * ROUND_YUAN
        for _ in range(lots.whole(1, 3)):
            at = at_some_hour(begins, lots)
            attempt = Attempt(
                day=at,
                amount_yuan=limit_yuan if lots.hit(0.7) else limit_yuan - lots.whole(1, 99),
                customer=client.name,
                device=client.device(at),
                ip=network(client, client.town, lots),
                address=dealer_address if lots.hit(0.7) else client.address(at),
                merchant=merchant,
                card=client.card,
                contact=dealer_contact if lots.hit(0.5) else client.contact,
                place=seen_place(client.home, lots),
            )
            yield Order(attempt.event, Scheme.CASH_OUT, incident)
