"""What carries a short message to a mobile phone."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True)
class Message:
    """A text for one phone; `kind` names why it is sent, `sent_at` is on the wall clock.

    Two messages of the same `message_id` are one: the carrier sends it once.
    """

    mobile: str
    kind: str
    text: str
    sent_at: datetime
    message_id: UUID | None = None


@dataclass(frozen=True)
class Receipt:
    """What the carrier says became of a message: delivered or failed."""

    message_id: UUID
    result: str
    reference: str


class Notice(Protocol):
    """The short-message service."""

    async def send(self, message: Message) -> str:
        """Hand the message over and return the carrier's reference.

        Raises: Unavailable.
        """
        ...

    async def receipts(self) -> tuple[Receipt, ...]:
        """What became of messages, each told at least once.

        Raises: Unavailable.
        """
        ...
