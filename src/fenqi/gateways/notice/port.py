"""What carries a short message to a mobile phone."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True)
class Message:
    """A text for one phone; `kind` names why it is sent, `sent_at` is on the wall clock."""

    mobile: str
    kind: str
    text: str
    sent_at: datetime


class Notice(Protocol):
    """The short-message service."""

    async def send(self, message: Message) -> str:
        """Hand the message over and return the carrier's reference.

        Raises: Unavailable.
        """
        ...
