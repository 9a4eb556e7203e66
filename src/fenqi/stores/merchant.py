"""Merchants and the keys with which their systems call us."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import ClassVar
from uuid import UUID

from fenqi.core.merchant.api_key import ApiKey
from fenqi.core.refusal import Kind, Refusal
from fenqi.stores.fetch import Connection, change, every, fields_of, first
from fenqi.stores.query import queries

_SQL = queries("merchant")


class MerchantUnknown(Refusal):
    """This installation has no such merchant."""

    code: ClassVar[str] = "merchant_unknown"
    kind: ClassVar[Kind] = Kind.UNKNOWN


@dataclass(frozen=True)
class Merchant:
    """A tenant of the merchant API."""

    merchant_id: UUID
    name_zh: str
    name_en: str
    discount_rate: Decimal
    payout_token: str
    webhook_url: str | None
    webhook_secret_sealed: bytes | None
    is_stand_in: bool


async def add(connection: Connection, merchant: Merchant) -> bool:
    """Record a merchant; False if it is known already."""
    return await change(connection, _SQL["add"], fields_of(merchant)) == 1


async def find(connection: Connection, *, merchant_id: UUID) -> Merchant | None:
    """One merchant."""
    return await first(connection, Merchant, _SQL["find"], {"merchant_id": merchant_id})


async def lock(connection: Connection, *, merchant_id: UUID) -> Merchant:
    """One merchant, held until the transaction ends: the line for everything that settles it.

    Raises: MerchantUnknown.
    """
    merchant = await first(connection, Merchant, _SQL["lock"], {"merchant_id": merchant_id})
    if merchant is None:
        raise MerchantUnknown("no such merchant", allowed="a merchant of this installation")
    return merchant


async def known(connection: Connection, *, merchant_id: UUID) -> Merchant:
    """A merchant that something of ours names and that therefore exists.

    Raises: LookupError if not, which is a fault of ours.
    """
    merchant = await find(connection, merchant_id=merchant_id)
    if merchant is None:
        raise LookupError(f"merchant {merchant_id} is named and has no row")
    return merchant


async def all_merchants(connection: Connection) -> tuple[Merchant, ...]:
    """Every merchant of this installation."""
    return await every(connection, Merchant, _SQL["every"], {})


async def set_webhook(
    connection: Connection, *, merchant_id: UUID, webhook_url: str, webhook_secret_sealed: bytes
) -> None:
    """Where a merchant's events go, and the secret that signs them."""
    parameters = {
        "merchant_id": merchant_id,
        "webhook_url": webhook_url,
        "webhook_secret_sealed": webhook_secret_sealed,
    }
    await change(connection, _SQL["set_webhook"], parameters)


async def add_key(
    connection: Connection, *, api_key_id: UUID, merchant_id: UUID, key_hash: bytes, hint: str, created_at: datetime
) -> None:
    """Record an API key by its hash."""
    parameters = {
        "api_key_id": api_key_id,
        "merchant_id": merchant_id,
        "key_hash": key_hash,
        "hint": hint,
        "created_at": created_at,
    }
    await change(connection, _SQL["add_key"], parameters)


async def api_key(connection: Connection, *, key_hash: bytes) -> ApiKey | None:
    """The key with this digest, revoked or not."""
    return await first(connection, ApiKey, _SQL["api_key"], {"key_hash": key_hash})
