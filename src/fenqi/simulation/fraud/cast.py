"""Who plays in a world, and how an order of it is made."""

from dataclasses import dataclass

from fenqi.core.velocity.definition import DAY_US
from fenqi.core.velocity.event import OrderEvent
from fenqi.simulation.fraud.lot import Lots
from fenqi.simulation.fraud.shopper import Shopper
from fenqi.simulation.fraud.town import Town

BEGINS_US = 1_735_660_800_000_000
"""1 January 2025 in Shanghai."""
DEAR, DEAR_TIMES = 0.06, 7.0
"""Now and then somebody buys a phone."""
HOURS = (2, 1, 1, 1, 1, 1, 2, 4, 6, 8, 10, 10, 10, 8, 8, 8, 8, 8, 9, 11, 13, 13, 9, 5)
PLACE_UNKNOWN, CARD_UNKNOWN, DEVICE_UNKNOWN = 0.12, 0.10, 0.02
FEN_PER_YUAN = 100


@dataclass(frozen=True, slots=True)
class Cast:
    """Customers, the price level of each merchant in yuan, and how many days are played."""

    shoppers: tuple[Shopper, ...]
    prices: tuple[float, ...]
    days: int

    def old_shopper(self, day: float, lots: Lots, *, since_days: float) -> Shopper:
        """Somebody who joined so long before a day."""
        while True:
            one = lots.pick(self.shoppers)
            if one.joins_day <= max(day - since_days, 0.0):
                return one

    def small_merchant(self, lots: Lots) -> int:
        """A merchant with few orders; the numbers run from the most popular on."""
        return lots.whole(len(self.prices) * 3 // 5, len(self.prices) - 1)


@dataclass(frozen=True, slots=True)
class Attempt:
    """What an order is made of; a place of None is unknown."""

    day: float
    amount_yuan: float
    customer: str
    device: str | None
    ip: str
    address: str
    merchant: int
    card: str | None
    contact: str
    place: tuple[int, int] | None

    @property
    def event(self) -> OrderEvent:
        """The attempt as the order log has it."""
        north, east = self.place or (None, None)
        return OrderEvent(
            at_us=BEGINS_US + int(self.day * DAY_US),
            amount_minor=max(int(self.amount_yuan * FEN_PER_YUAN), FEN_PER_YUAN),
            customer=self.customer,
            device=self.device,
            ip=self.ip,
            address=self.address,
            merchant=f"merchant-{self.merchant}",
            card=self.card,
            contact=self.contact,
            latitude_centideg=north,
            longitude_centideg=east,
        )


def at_some_hour(day: float, lots: Lots) -> float:
    """The day with an hour at which people order."""
    return int(day) + (lots.weighed(HOURS) + lots.share()) / 24


def usual_amount(cast: Cast, merchant: int, spending: float, lots: Lots) -> float:
    """What somebody spends at a merchant, in yuan; often a round price."""
    amount = cast.prices[merchant] * lots.lognormal(spending, 0.6) * (DEAR_TIMES if lots.hit(DEAR) else 1.0)
    return round(amount, -1) - 1 if lots.hit(0.5) and amount > 50 else round(amount, 2)


def seen_place(place: tuple[int, int], lots: Lots) -> tuple[int, int] | None:
    """Where the lender thinks that an order comes from."""
    return None if lots.hit(PLACE_UNKNOWN) else place


def network(shopper: Shopper, town: Town, lots: Lots) -> str:
    """The network of somebody at home or away."""
    return shopper.ip if town is shopper.town and lots.hit(0.6) else town.mast_ip(lots)
