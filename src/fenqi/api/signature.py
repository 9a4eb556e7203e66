"""What a receiver does with a webhook: check who signed it, then read it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

import msgspec

from fenqi.core.refusal import Refusal
from fenqi.gateways.signature import verify_signature


@dataclass(frozen=True)
class ReceivedEvent:
    """An event as it arrived; one `event_id` may arrive more than once and counts once."""

    event_id: UUID
    topic: str
    merchant_id: UUID
    occurred_at: datetime
    content: dict[str, Any]


class EventUnreadable(Refusal):
    """The signature holds, but the body is no event."""

    code: ClassVar[str] = "event_unreadable"


def verify_event(
    *, url: str, headers: Mapping[str, str], body: bytes, key_id: str, secret: bytes, at: datetime
) -> ReceivedEvent:
    """The event in a request that was posted to a merchant, if Fenqi signed it just now.

    `url` is the address as Fenqi was told it, `body` the bytes as they arrived: parsed and printed again they may
    have another digest.

    Raises: SignatureInvalid, SignatureTooOld, EventUnreadable.
    """
    verify_signature(method="POST", url=url, headers=headers, body=body, secrets={key_id: secret}, at=at)
    try:
        return msgspec.json.decode(body, type=ReceivedEvent)
    except msgspec.DecodeError as error:
        raise EventUnreadable(f"the event cannot be read: {error}", allowed="an event of this version") from error
