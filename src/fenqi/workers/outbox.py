"""The loop that delivers merchants' events: at least once, in its own time, never in the way of a command."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from fenqi.core.merchant.webhook import Event, Topic, body_of, next_attempt_at
from fenqi.gateways.webhook.port import Delivery, DeliveryOutcome
from fenqi.stores import merchant as merchants
from fenqi.stores import work
from fenqi.stores.merchant import Merchant
from fenqi.stores.work import Message
from fenqi.wiring import Installation

BATCH = 50


async def deliver_due(installation: Installation, *, lane: Sequence[int]) -> int:
    """Deliver what is due in a lane, one message after the other; how many were tried."""
    tried = 0
    while tried < BATCH and await _deliver_next(installation, lane=lane):
        tried += 1
    return tried


async def _deliver_next(installation: Installation, *, lane: Sequence[int]) -> bool:
    """Deliver one message, if one is due.

    Its row stays locked while it is on its way, so that a second worker takes another; a crash unlocks it and it is
    sent again, which is why an event's id never changes.
    """
    async with installation.transaction() as connection:
        at = installation.ports.wall.now()
        messages = await work.due_messages(connection, lane=list(lane), at=at, limit=1)
        for message in messages:
            merchant_id = message.merchant_id
            merchant = None if merchant_id is None else await merchants.find(connection, merchant_id=merchant_id)
            delivery = await _send(installation, message, merchant)
            await work.save_message(connection, _after(message, delivery, installation))
    return bool(messages)


async def _send(installation: Installation, message: Message, merchant: Merchant | None) -> Delivery:
    if merchant is None or merchant.webhook_url is None or merchant.webhook_secret_sealed is None:
        return Delivery(DeliveryOutcome.REFUSED, None, "the merchant has named no address")
    secret = await installation.ports.keys.unseal(
        merchant.webhook_secret_sealed, row=merchant.merchant_id, field="webhook_secret"
    )
    return await installation.webhook.send(
        merchant.webhook_url,
        body=body_of(event_of(message, merchant.merchant_id)),
        event_id=message.message_id,
        key_id=str(merchant.merchant_id),
        secret=bytes.fromhex(secret),
        created_at=installation.ports.wall.now(),
    )


def event_of(message: Message, merchant_id: UUID) -> Event:
    """The event that a message carries."""
    return Event(message.message_id, Topic(message.topic), merchant_id, message.created_at, message.content)


def _after(message: Message, delivery: Delivery, installation: Installation) -> Message:
    at = installation.ports.wall.now()
    tried = replace(message, attempt_count=message.attempt_count + 1, last_answer=delivery.note)
    if delivery.outcome is DeliveryOutcome.DELIVERED:
        return replace(tried, delivered_at=at)
    following = next_attempt_at(message.message_id, attempt_count=tried.attempt_count, last_at=at)
    if delivery.outcome is DeliveryOutcome.REFUSED or following is None:
        return replace(tried, abandoned_at=at)
    return replace(tried, due_at=following)
