"""Every attempt is appended to the order log, in the transaction that made it, under keyed hashes of who and whence."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any
from uuid import UUID

from fenqi.core.decision.record import screening_of
from fenqi.core.ledger.account import id_in_bucket
from fenqi.core.velocity.entry import EntryKind
from fenqi.core.velocity.event import Key, OrderEvent
from fenqi.core.velocity.place import place_of
from fenqi.services.port import Ports
from fenqi.stores import order_event as order_events
from fenqi.stores.checkout import Checkout
from fenqi.stores.fetch import Connection, Statement, at_end, at_last

_KEY_CHARACTERS = 32


@dataclass(frozen=True)
class Origin:
    """Whence somebody asks: device and IP address as keyed hashes, and the division that the address seems to be in."""

    device: str | None = None
    ip: str | None = None
    region: str | None = None


NOWHERE = Origin()
"""Somebody of whom nothing is known but what they ask for: a merchant's server, or ourselves."""


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """What was attempted, in the bucket `b`; only what is known is named."""

    kind: EntryKind
    b: int
    origin: Origin = NOWHERE
    checkout_id: UUID | None = None
    amount_minor: int = 0
    currency: str = "CNY"
    customer_id: UUID | None = None
    merchant_id: UUID | None = None
    address: str | None = None
    contact: str | None = None
    card: str | None = None


async def key_of(ports: Ports, plain: str, *, field: str) -> str:
    """A keyed hash under which an equal text is found, and from which nobody learns the text."""
    return (await ports.keys.blind_index(plain, field=field)).hex()[:_KEY_CHARACTERS]


def contact_of(mobile_index: bytes) -> str:
    """The key of a phone whose blind index is known already."""
    return mobile_index.hex()[:_KEY_CHARACTERS]


def at_checkout(
    checkout: Checkout,
    kind: EntryKind,
    *,
    customer_id: UUID | None = None,
    b: int | None = None,
    origin: Origin = NOWHERE,
) -> Attempt:
    """An attempt at a checkout, with what the order itself says; in the customer's bucket once there is one."""
    return Attempt(
        kind=kind,
        b=b if b is not None else checkout.b if checkout.customer_b is None else checkout.customer_b,
        origin=origin,
        checkout_id=checkout.checkout_id,
        amount_minor=checkout.amount_minor,
        currency=checkout.currency,
        customer_id=customer_id or checkout.customer_id,
        merchant_id=checkout.merchant_id,
        address=checkout.ship_address,
        contact=checkout.ship_contact,
    )


def of_decision(checkout: Checkout, kind: EntryKind, content: dict[str, Any]) -> Attempt:
    """What people say of an order that was decided: under the keys under which it was screened."""
    screening = screening_of(content)
    keys: Mapping[Key, str] = {} if screening is None else screening.keys
    origin = Origin(device=keys.get("device"), ip=keys.get("ip"))
    return replace(at_checkout(checkout, kind, origin=origin), card=keys.get("card"))


def event_of(ports: Ports, attempt: Attempt) -> OrderEvent:
    """An attempt as the features see it."""
    origin = attempt.origin
    latitude_centideg, longitude_centideg = place_of(origin.region) or (None, None)
    return OrderEvent(
        at_us=order_events.instant_us(ports.business.now()),
        amount_minor=attempt.amount_minor,
        customer=attempt.customer_id and attempt.customer_id.hex,
        device=origin.device,
        ip=origin.ip,
        address=attempt.address,
        merchant=attempt.merchant_id and attempt.merchant_id.hex,
        card=attempt.card,
        contact=attempt.contact,
        latitude_centideg=latitude_centideg,
        longitude_centideg=longitude_centideg,
    )


def to_log(connection: Connection, ports: Ports, attempt: Attempt) -> Statement[Any]:
    """Appends an attempt; the log hears how the transaction ends."""
    placed = ports.orders.place(attempt.kind, event_of(ports, attempt), region=attempt.origin.region)
    at_end(connection, partial(ports.orders.tell, placed))
    return order_events.to_add(
        placed,
        b=attempt.b,
        order_event_id=id_in_bucket(ports.new_id(), attempt.b),
        currency=attempt.currency,
        checkout_id=attempt.checkout_id,
    )


async def log(connection: Connection, ports: Ports, attempt: Attempt) -> None:
    """Append an attempt, with the last statements of its transaction."""
    await at_last(connection, to_log(connection, ports, attempt))
