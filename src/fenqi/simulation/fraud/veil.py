"""What of an order reaches the lender: no shop tells everything, and what is missing says nothing of who orders."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from fenqi.core.velocity.event import OrderEvent
from fenqi.simulation.fraud.lot import Lots
from fenqi.simulation.fraud.truth import Order

DEVICE_KNOWN, IP_KNOWN, PLACE_KNOWN, DELIVERY_TOLD = 0.75, 0.7, 0.6, 0.6
"""How many customers keep what a device is known by; how many shops let the customer's address through, for how many
of these it says a place, and how many say where the goods go and who takes them."""


def veiled(log: Sequence[Order], *, seed: int) -> Iterator[Order]:
    """The same log with what a lender would know of it; an account is known from a customer's second order on."""

    @cache
    def is_known(what: str, whose: str | None, chance: float) -> bool:
        return Lots(seed, "veil", what, whose).hit(chance)

    def seen(event: OrderEvent) -> OrderEvent:
        has_device = is_known("device", event.customer, DEVICE_KNOWN)
        has_ip = is_known("ip", event.merchant, IP_KNOWN)
        has_place = has_ip and is_known("place", event.merchant, PLACE_KNOWN)
        has_delivery = is_known("delivery", event.merchant, DELIVERY_TOLD)
        return replace(
            event,
            device=event.device if has_device else None,
            ip=event.ip if has_ip else None,
            latitude_centideg=event.latitude_centideg if has_place else None,
            longitude_centideg=event.longitude_centideg if has_place else None,
            address=event.address if has_delivery else None,
            contact=event.contact if has_delivery else None,
            card=event.card if event.customer in before else None,
        )

    before: set[str | None] = set()
    for order in log:
        yield replace(order, event=seen(order.event))
        before.add(order.event.customer)
