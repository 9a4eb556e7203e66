"""A merchant is told what happened to a checkout."""

from uuid import uuid5

from fenqi.core.merchant.webhook import Topic
from fenqi.services.port import Ports
from fenqi.stores import work
from fenqi.stores.checkout import Checkout
from fenqi.stores.fetch import Connection, Nothing, Statement, run
from fenqi.stores.work import Message


async def tell_merchant(
    connection: Connection, ports: Ports, checkout: Checkout, *, topic: Topic, once_for: str = ""
) -> None:
    """Put an event into the outbox, in the transaction that it tells of."""
    await run(connection, to_tell_merchant(ports, checkout, topic=topic, once_for=once_for))


def to_tell_merchant(ports: Ports, checkout: Checkout, *, topic: Topic, once_for: str = "") -> Statement[Nothing]:
    """Puts an event into the outbox.

    The event's id follows from the checkout, the topic and `once_for`: telling twice is telling once. It happened on
    the business clock and is delivered, like everything on the network, by the wall clock.
    """
    at = ports.business.now()
    content = {
        "checkout_id": str(checkout.checkout_id),
        "order_number": checkout.order_number,
        "status": checkout.state,
        "amount_minor": checkout.amount_minor,
        "authorised_minor": checkout.authorised_minor,
        "captured_minor": checkout.captured_minor,
        "refunded_minor": checkout.refunded_minor,
        "currency": checkout.currency,
    }
    message = Message(
        b=checkout.b,
        message_id=uuid5(checkout.checkout_id, f"{topic}:{once_for}"),
        channel="webhook",
        topic=topic,
        merchant_id=checkout.merchant_id,
        customer_id=None,
        content=content,
        created_at=at,
        due_at=ports.wall.now(),
        attempt_count=0,
        delivered_at=None,
        abandoned_at=None,
        last_answer=None,
    )
    return work.to_add_message(message)
