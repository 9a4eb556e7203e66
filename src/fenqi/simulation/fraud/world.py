"""The whole world: good orders, incidents of every scheme up to its share, and what becomes known as fraud, when."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from fenqi.core.velocity.definition import DAY_US
from fenqi.simulation.fraud import crowd_scheme, victim_scheme
from fenqi.simulation.fraud.cast import Cast
from fenqi.simulation.fraud.habit import good_orders
from fenqi.simulation.fraud.lot import Lots
from fenqi.simulation.fraud.shopper import shoppers
from fenqi.simulation.fraud.truth import Order, Scheme

SCHEMES: Mapping[Scheme, Callable[[Cast, Lots, int], Iterator[Order]]] = {
    Scheme.VELOCITY: crowd_scheme.velocity,
    Scheme.SHARED: crowd_scheme.shared,
    Scheme.GEO_JUMP: victim_scheme.geo_jump,
    Scheme.CASH_OUT: victim_scheme.cash_out,
    Scheme.TAKEOVER: victim_scheme.takeover,
    Scheme.RING: crowd_scheme.ring,
}
SHARE = 0.003
BECOMES_KNOWN, KNOWN_AFTER_DAYS_MIN, KNOWN_AFTER_DAYS_MEAN = 0.8, 1.0, 10.0
DAYS_MIN = 45
"""A ring takes 30 days to bust out."""


def _equal_shares() -> Mapping[Scheme, float]:
    return dict.fromkeys(Scheme, SHARE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How large a world is; `shares` are the fraudulent orders of a scheme for each good order.

    The shops' usual prices lie around `price_yuan`, the logarithms of two thirds of them within `price_spread`.
    """

    customers: int = 15_000
    days: int = 90
    merchants: int = 200
    shares: Mapping[Scheme, float] = field(default_factory=_equal_shares)
    price_yuan: float = 150.0
    price_spread: float = 0.9

    def __post_init__(self) -> None:
        assert self.days >= DAYS_MIN, f"a world lasts at least {DAYS_MIN} days"
        assert self.customers > 0
        assert self.merchants > 0


def fraud_world(size: Size, *, seed: int) -> tuple[Order, ...]:
    """The order log of a world, with the truth of each entry: the same for the same size and seed.

    Entries that confirm a fraud have the scheme and incident of the order they speak of.
    """
    cast = Cast(
        shoppers(size.customers, days=size.days, merchants=size.merchants, lots=Lots(seed, "shoppers")),
        _prices(size, Lots(seed, "merchants")),
        size.days,
    )
    orders = list(good_orders(cast, Lots(seed, "habits")))
    good_count = len(orders)
    for scheme, share in size.shares.items():
        orders += _played(scheme, cast, count=round(share * good_count), seed=seed)
    orders += list(_confirmed(orders, Lots(seed, "confirmed")))
    return tuple(sorted(orders, key=_place_in_log))


def _prices(size: Size, lots: Lots) -> tuple[float, ...]:
    return tuple(lots.lognormal(size.price_yuan, size.price_spread) for _ in range(size.merchants))


def _played(scheme: Scheme, cast: Cast, *, count: int, seed: int) -> Iterator[Order]:
    lots, incident, frauds = Lots(seed, scheme), 0, 0
    while frauds < count:
        incident += 1
        for order in SCHEMES[scheme](cast, lots, incident):
            frauds += order.is_fraud
            yield order


def _confirmed(orders: list[Order], lots: Lots) -> Iterator[Order]:
    ends_us = max(order.event.at_us for order in orders)
    for order in orders:
        if order.is_fraud and lots.hit(BECOMES_KNOWN):
            after = KNOWN_AFTER_DAYS_MIN + lots.wait(KNOWN_AFTER_DAYS_MEAN)
            at_us = order.event.at_us + int(after * DAY_US)
            if at_us <= ends_us:
                yield replace(order, event=replace(order.event, at_us=at_us, confirms_fraud=True))


def _place_in_log(order: Order) -> tuple[int, str, str, int]:
    event = order.event
    return event.at_us, event.customer or "", event.merchant or "", event.amount_minor
