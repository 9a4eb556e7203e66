"""What a merchant is told: the event's bytes, and when to try again."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from fenqi.core.merchant.canonical import Json, canonical_json

RETRY_AFTER_SECONDS = (5, 30, 120, 600, 1_800, 3_600, 10_800, 21_600, 43_200, 86_400)
"""The pause after each failed attempt; after the last one the event is given up, two days on."""
SPREAD_PER_MILLE = 100
"""A pause is lengthened by up to this much, so that what failed together does not come back together."""


class Topic(StrEnum):
    """What happened."""

    CHECKOUT_AUTHORISED = "checkout.authorised"
    """The customer has signed; deliver, then capture."""
    CHECKOUT_DECLINED = "checkout.declined"
    """The customer will not pay by instalments."""
    CHECKOUT_CAPTURED = "checkout.captured"
    """The capture is booked."""
    CHECKOUT_VOIDED = "checkout.voided"
    """The authorisation is given up."""
    CHECKOUT_EXPIRED = "checkout.expired"
    """Nobody finished it in time."""
    CHECKOUT_REFUNDED = "checkout.refunded"
    """A refund is booked."""
    SETTLEMENT_PAID = "settlement.paid"
    """A settlement has been paid out, or carried on."""


@dataclass(frozen=True)
class Event:
    """One thing that happened; `event_id` stays the same however often it is delivered."""

    event_id: UUID
    topic: Topic
    merchant_id: UUID
    occurred_at: datetime
    content: Json


def body_of(event: Event) -> bytes:
    """The bytes that are delivered and signed: the same for every attempt.

    Raises: NotCanonical.
    """
    return canonical_json(
        {
            "event_id": str(event.event_id),
            "topic": event.topic,
            "merchant_id": str(event.merchant_id),
            "occurred_at": event.occurred_at.isoformat(),
            "content": event.content,
        }
    )


def next_attempt_at(event_id: UUID, *, attempt_count: int, last_at: datetime) -> datetime | None:
    """When to try again after so many failed attempts, or nothing if the event is given up.

    Pauses grow as RETRY_AFTER_SECONDS says, each lengthened by a part that follows from the event and the attempt.
    """
    if attempt_count > len(RETRY_AFTER_SECONDS):
        return None
    pause = timedelta(seconds=RETRY_AFTER_SECONDS[attempt_count - 1])
    digest = hashlib.sha256(event_id.bytes + attempt_count.to_bytes(2)).digest()
    return last_at + pause + pause * (int.from_bytes(digest[:2]) % (SPREAD_PER_MILLE + 1)) / 1000
