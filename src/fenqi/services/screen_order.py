"""An order is looked at before credit is: what was counted before it, the rules asleep, the screening's conclusion."""

from datetime import timedelta

from fenqi.core.decision.fraud_score import fraud_score
from fenqi.core.decision.screening import Screening, screen
from fenqi.core.decision.signal import Order, Seen
from fenqi.core.velocity.entry import EntryKind
from fenqi.services.attempt import Attempt, Origin, at_checkout, event_of
from fenqi.services.port import Ports
from fenqi.stores import order_event as order_events
from fenqi.stores.checkout import Checkout
from fenqi.stores.fetch import Connection

_LATELY = timedelta(days=7)


def order_attempt(checkout: Checkout, origin: Origin) -> Attempt:
    """An application as it enters the log."""
    return at_checkout(checkout, EntryKind.ORDERED, origin=origin)


async def screen_order(
    connection: Connection, ports: Ports, attempt: Attempt, *, checkout: Checkout, orders_in_24h_count: int
) -> Screening:
    """Look at an order; in memory, unless the engine that counts is behind or gone.

    Then the log itself is asked, which costs a round trip and answers less, and no model can speak; stricter rules
    stand for that.
    """
    event = event_of(ports, attempt)
    seen = await ports.orders.look(event) or await _asked_directly(connection, ports, attempt)
    order = Order(
        event=event,
        goods=tuple(checkout.goods),
        region=attempt.origin.region,
        ship_region=checkout.ship_region,
        orders_in_24h_count=orders_in_24h_count,
        fraud_score=fraud_score(ports.authority.fraud, seen.features),
    )
    snoozed = ports.snoozes.for_event(event, at=ports.business.now())
    return screen(order, seen, strategy=ports.authority.screening, snoozed=snoozed)


async def _asked_directly(connection: Connection, ports: Ports, attempt: Attempt) -> Seen:
    shared = await order_events.shared_lately(
        connection,
        device=attempt.origin.device,
        address=attempt.address,
        since=ports.business.now() - _LATELY,
    )
    features = {
        "device_customers_7d": shared.device_customers if attempt.origin.device else None,
        "address_customers_7d": shared.address_customers if attempt.address else None,
    }
    return Seen(engine="database", features=features)
