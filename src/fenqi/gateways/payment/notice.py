"""The channel's signed notice: how it is written, and how it is read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

import msgspec

from fenqi.core.merchant.canonical import canonical_json
from fenqi.core.merchant.payment_order import Answer, Notice, Outcome
from fenqi.core.refusal import Refusal
from fenqi.gateways.signature import signed_headers, verify_signature


@dataclass(frozen=True)
class SignedNotice:
    """A notice as it goes over the wire: post `body` to `url` with `headers`."""

    notice_id: str
    order_id: UUID
    url: str
    headers: Mapping[str, str]
    body: bytes


class NoticeUnreadable(Refusal):
    """The signature holds, but the body is no notice."""

    code: ClassVar[str] = "notice_unreadable"


class _Body(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    notice_id: str
    order_id: UUID
    outcome: Outcome
    amount_minor: int
    currency: str
    channel: str
    channel_reference: str
    code: str
    message: str
    settled_on: date | None
    is_stand_in: bool
    note: str


def write_notice(
    notice: Notice, *, url: str, note: str, key_id: str, secret: bytes, created_at: datetime
) -> SignedNotice:
    """The notice as a signed request; written again later, only its signature differs."""
    answer = notice.answer
    body = canonical_json(
        {
            "notice_id": notice.notice_id,
            "order_id": str(notice.order_id),
            "outcome": answer.outcome,
            "amount_minor": notice.amount_minor,
            "currency": notice.currency,
            "channel": answer.channel,
            "channel_reference": answer.channel_reference,
            "code": answer.code,
            "message": answer.message,
            "settled_on": answer.settled_on.isoformat() if answer.settled_on else None,
            "is_stand_in": answer.is_stand_in,
            "note": note,
        }
    )
    headers = signed_headers(method="POST", url=url, body=body, key_id=key_id, secret=secret, created_at=created_at)
    return SignedNotice(notice.notice_id, order_id=notice.order_id, url=url, headers=headers, body=body)


def read_notice(
    *, url: str, headers: Mapping[str, str], body: bytes, secrets: Mapping[str, bytes], at: datetime
) -> Notice:
    """The notice in a request that was posted to us, if the channel signed it just now.

    Whether it was heard before, and whether it fits its order, is for `payment_order.notified` to say.

    Raises: SignatureInvalid, SignatureTooOld, NoticeUnreadable.
    """
    verify_signature(method="POST", url=url, headers=headers, body=body, secrets=secrets, at=at)
    try:
        read = msgspec.json.decode(body, type=_Body)
    except msgspec.DecodeError as error:
        raise NoticeUnreadable(f"the notice cannot be read: {error}", allowed="the notice of this version") from error
    answer = Answer(
        outcome=read.outcome,
        channel_reference=read.channel_reference,
        code=read.code,
        message=read.message,
        settled_on=read.settled_on,
        channel=read.channel,
        is_stand_in=read.is_stand_in,
    )
    return Notice(
        notice_id=read.notice_id,
        order_id=read.order_id,
        amount_minor=read.amount_minor,
        currency=read.currency,
        answer=answer,
    )
