"""Checkouts, refunds, and the merchant's idempotency keys."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb

from fenqi.stores.fetch import Connection, Nothing, Statement, ask_one, change, every, fields_of, first, run
from fenqi.stores.query import queries

_SQL = queries("checkout")


@dataclass(frozen=True)
class Checkout:
    """One order that a merchant wants paid in instalments."""

    b: int
    checkout_id: UUID
    merchant_id: UUID
    lender_id: UUID
    order_number: str
    amount_minor: int
    currency: str
    goods: list[dict[str, Any]]
    return_url: str
    state: str
    customer_b: int | None
    customer_id: UUID | None
    decision_id: UUID | None
    agreement_id: UUID | None
    loan_id: UUID | None
    hold_id: UUID | None
    authorised_minor: int
    captured_minor: int
    refunded_minor: int
    created_at: datetime
    expires_at: datetime
    ship_address: str | None = None
    """Where the goods go and who takes them, as keyed hashes, and the division that it is in."""
    ship_contact: str | None = None
    ship_region: str | None = None


@dataclass(frozen=True)
class Refund:
    """Money that a merchant gave back for one checkout."""

    b: int
    refund_id: UUID
    checkout_b: int
    checkout_id: UUID
    merchant_id: UUID
    loan_id: UUID
    amount_minor: int
    currency: str
    reason: str
    refunded_at: datetime


@dataclass(frozen=True)
class IdempotencyKey:
    """A merchant's request as first seen, and its answer once there is one."""

    b: int
    merchant_id: UUID
    endpoint: str
    key: str
    payload_hash: bytes
    status: int | None
    response: bytes | None
    created_at: datetime


async def add(connection: Connection, checkout: Checkout) -> None:
    """A new checkout."""
    await change(connection, _SQL["add"], fields_of(checkout) | {"goods": Jsonb(checkout.goods)})


async def find(connection: Connection, *, b: int, checkout_id: UUID) -> Checkout | None:
    """One checkout."""
    return await ask_one(connection, to_find(b=b, checkout_id=checkout_id))


def to_find(*, b: int, checkout_id: UUID) -> Statement[Checkout]:
    """Finds one checkout."""
    return Statement(Checkout, _SQL["find"], {"b": b, "checkout_id": checkout_id})


async def known(connection: Connection, *, b: int, checkout_id: UUID) -> Checkout:
    """A checkout that something of ours names and that therefore exists.

    Raises: LookupError if not, which is a fault of ours.
    """
    checkout = await find(connection, b=b, checkout_id=checkout_id)
    if checkout is None:
        raise LookupError(f"checkout {checkout_id} is named and has no row")
    return checkout


async def lock(connection: Connection, *, b: int, checkout_id: UUID) -> Checkout | None:
    """One checkout, held until the transaction ends."""
    return await ask_one(connection, to_lock(b=b, checkout_id=checkout_id))


def to_lock(*, b: int, checkout_id: UUID) -> Statement[Checkout]:
    """Holds one checkout until the transaction ends."""
    return Statement(Checkout, _SQL["lock"], {"b": b, "checkout_id": checkout_id})


async def save(connection: Connection, checkout: Checkout) -> None:
    """What has become of a checkout; the order itself never changes."""
    await run(connection, to_save(checkout))


def to_save(checkout: Checkout) -> Statement[Nothing]:
    """Saves what has become of a checkout."""
    return Statement(Nothing, _SQL["save"], fields_of(checkout))


async def expired(
    connection: Connection, *, lane: list[int], open_states: list[str], at: datetime, limit: int
) -> tuple[Checkout, ...]:
    """Checkouts of a lane whose time is over and that nobody has closed."""
    parameters = {"lane": lane, "open_states": open_states, "at": at, "limit": limit}
    return await every(connection, Checkout, _SQL["expired"], parameters)


async def of_merchant(
    connection: Connection,
    *,
    merchant_id: UUID,
    state: str | None,
    before_at: datetime,
    before_id: UUID,
    limit: int,
) -> tuple[Checkout, ...]:
    """A merchant's checkouts, newest first, before a given one."""
    parameters = {
        "merchant_id": merchant_id,
        "state": state,
        "before_at": before_at,
        "before_id": before_id,
        "limit": limit,
    }
    return await every(connection, Checkout, _SQL["of_merchant"], parameters)


async def add_refund(connection: Connection, refund: Refund) -> None:
    """Append a refund; lives in the customer's bucket, beside the loan."""
    await change(connection, _SQL["add_refund"], fields_of(refund))


async def refunds(connection: Connection, *, b: int, checkout_id: UUID) -> tuple[Refund, ...]:
    """The refunds of a checkout, oldest first. `b` is the customer's bucket."""
    return await every(connection, Refund, _SQL["refunds"], {"b": b, "checkout_id": checkout_id})


async def begin_key(
    connection: Connection,
    *,
    b: int,
    merchant_id: UUID,
    endpoint: str,
    key: str,
    payload_hash: bytes,
    created_at: datetime,
) -> bool:
    """Claim an idempotency key; False if it is known already.

    Raises: LockNotAvailable while another transaction has claimed it and not ended; this one is then over.
    """
    parameters = {
        "b": b,
        "merchant_id": merchant_id,
        "endpoint": endpoint,
        "key": key,
        "payload_hash": payload_hash,
        "created_at": created_at,
    }
    await connection.execute("set local lock_timeout = '50ms'")
    begun = await change(connection, _SQL["begin_key"], parameters) == 1
    await connection.execute("set local lock_timeout = 0")
    return begun


async def known_key(
    connection: Connection, *, b: int, merchant_id: UUID, endpoint: str, key: str
) -> IdempotencyKey | None:
    """What is known of an idempotency key."""
    parameters = {"b": b, "merchant_id": merchant_id, "endpoint": endpoint, "key": key}
    return await first(connection, IdempotencyKey, _SQL["known_key"], parameters)


async def finish_key(
    connection: Connection,
    *,
    b: int,
    merchant_id: UUID,
    endpoint: str,
    key: str,
    status: int,
    response: bytes,
) -> None:
    """Keep the answer, in the transaction that did what it says."""
    parameters = {
        "b": b,
        "merchant_id": merchant_id,
        "endpoint": endpoint,
        "key": key,
        "status": status,
        "response": response,
    }
    await change(connection, _SQL["finish_key"], parameters)
