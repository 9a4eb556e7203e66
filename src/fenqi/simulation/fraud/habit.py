"""What good customers order: at their hours, sometimes several things at once, on sale days, on journeys, as gifts."""

from collections.abc import Iterator

from fenqi.simulation.fraud.cast import (
    CARD_UNKNOWN,
    DEVICE_UNKNOWN,
    Attempt,
    Cast,
    at_some_hour,
    network,
    seen_place,
    usual_amount,
)
from fenqi.simulation.fraud.lot import Lots
from fenqi.simulation.fraud.shopper import Shopper
from fenqi.simulation.fraud.town import far_from
from fenqi.simulation.fraud.truth import Order

SALE_EVERY_DAYS, SALE_HOURS, ON_SALE = 30, 2, 0.12
SEVERAL, GIFT, LOCKER, VPN, OTHER_MERCHANT = 0.12, 0.05, 0.5, 0.5, 0.3
MINUTE = 1 / 24 / 60


def good_orders(cast: Cast, lots: Lots) -> Iterator[Order]:
    """Everything that all good customers order."""
    for shopper in cast.shoppers:
        for day in _days(shopper, cast, lots):
            for moment in _moments(day, lots):
                yield Order(_attempt(shopper, moment, cast, lots).event, None)


def _days(shopper: Shopper, cast: Cast, lots: Lots) -> Iterator[float]:
    day = shopper.joins_day + lots.wait(0.5 if shopper.joins_day else 1 / shopper.orders_per_day)
    while day < cast.days:
        at = at_some_hour(day, lots)
        if at >= shopper.joins_day:
            yield at
        day += lots.wait(1 / shopper.orders_per_day)
    for sale in range(SALE_EVERY_DAYS * 2 // 3, cast.days, SALE_EVERY_DAYS):
        if sale >= shopper.joins_day and lots.hit(ON_SALE):
            yield sale + 20 / 24 + lots.share() * SALE_HOURS / 24


def _moments(day: float, lots: Lots) -> Iterator[float]:
    """One order, or several within minutes."""
    yield day
    if lots.hit(SEVERAL):
        for _ in range(lots.whole(1, 4)):
            day += lots.wait(9 * MINUTE)
            yield day


def _attempt(shopper: Shopper, day: float, cast: Cast, lots: Lots) -> Attempt:
    town = shopper.town_on(day)
    away = town is not shopper.town
    merchant = lots.whole(0, len(cast.prices) - 1) if lots.hit(OTHER_MERCHANT) else lots.pick(shopper.favourites)
    to = lots.pick(cast.shoppers) if lots.hit(GIFT) else shopper
    hidden = shopper.uses_vpn and lots.hit(VPN)
    place = far_from(town, lots).place if hidden else town.somewhere(lots) if away else shopper.home
    return Attempt(
        day=day,
        amount_yuan=usual_amount(cast, merchant, shopper.spending, lots),
        customer=shopper.name,
        device=None if lots.hit(DEVICE_UNKNOWN) else shopper.device(day),
        ip=f"ip-vpn-{lots.whole(1, 60)}" if hidden else network(shopper, town, lots),
        address=shopper.locker if shopper.locker and lots.hit(LOCKER) else to.address(day),
        merchant=merchant,
        card=None if lots.hit(CARD_UNKNOWN) else shopper.card,
        contact=to.contact,
        place=seen_place(place, lots),
    )
