"""What it takes to deliver an event to a merchant."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID


class DeliveryOutcome(StrEnum):
    """What became of one attempt."""

    DELIVERED = "delivered"
    """The merchant has confirmed it."""
    RETRY = "retry"
    """It was not confirmed; it may have arrived."""
    REFUSED = "refused"
    """The address may not be called; trying again does not help until it is changed."""


@dataclass(frozen=True)
class Delivery:
    """One attempt: its outcome, the HTTP status if there was one, and a line for whoever looks into it."""

    outcome: DeliveryOutcome
    status: int | None
    note: str


class WebhookSender(Protocol):
    """Delivers events over HTTP."""

    async def send(
        self, url: str, *, body: bytes, event_id: UUID, key_id: str, secret: bytes, created_at: datetime
    ) -> Delivery:
        """Post the event's bytes, signed at `created_at`, once; failures are outcomes, not exceptions."""
        ...
