"""A merchant asks for an order to be paid in instalments."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, ClassVar
from uuid import UUID, uuid5

from fenqi.core.identity.mobile import read_mobile
from fenqi.core.ledger.account import bucket_of
from fenqi.core.merchant.checkout import create
from fenqi.core.merchant.ship_to import normal_address
from fenqi.core.refusal import Kind, Refusal
from fenqi.core.velocity.entry import EntryKind
from fenqi.services.attempt import at_checkout, key_of, log
from fenqi.services.port import Ports
from fenqi.stores import checkout as checkouts
from fenqi.stores import customer as customers
from fenqi.stores.checkout import Checkout
from fenqi.stores.fetch import Connection

CHECKOUT_LIFETIME = timedelta(hours=2)


@dataclass(frozen=True)
class ShipTo:
    """Where the goods go; the words are not kept, only keyed hashes of them, and the division."""

    address: str
    recipient_mobile: str | None = None
    division: str | None = None


@dataclass(frozen=True)
class OpenCheckout:
    """An order as the merchant states it; `checkout_id` follows from the merchant's idempotency key."""

    checkout_id: UUID
    merchant_id: UUID
    lender_id: UUID
    order_number: str
    amount_minor: int
    currency: str
    goods: tuple[dict[str, Any], ...]
    return_url: str
    ship_to: ShipTo | None = None


_NOWHERE_TOLD = ShipTo(address="")


class OrderNumberUsed(Refusal):
    """The merchant has another checkout with this order number."""

    code: ClassVar[str] = "order_number_used"
    kind: ClassVar[Kind] = Kind.CONFLICT


class GoodsDoNotAddUp(Refusal):
    """The prices of the goods are not the amount of the order."""

    code: ClassVar[str] = "goods_do_not_add_up"


def checkout_id_of(*, merchant_id: UUID, key: str) -> UUID:
    """The id of the checkout that a merchant's idempotency key opens: a repeated request finds the first one."""
    return uuid5(merchant_id, f"checkout:{key}")


async def open_checkout(connection: Connection, ports: Ports, command: OpenCheckout) -> Checkout:
    """Open a checkout that the shopper can then enter.

    Raises: GoodsDoNotAddUp, AmountNotPositive, OrderNumberUsed, MobileMalformed.
    """
    total = sum(good["price_minor"] * good["quantity"] for good in command.goods)
    if total != command.amount_minor:
        raise GoodsDoNotAddUp(f"the goods cost {total}, the order {command.amount_minor}", allowed=f"{total}")
    at = ports.business.now()
    purchase = create(
        checkout_id=command.checkout_id,
        merchant_id=command.merchant_id,
        amount_minor=command.amount_minor,
        currency=command.currency,
        created_at=at,
        expires_at=at + CHECKOUT_LIFETIME,
    )
    b = bucket_of(command.checkout_id)
    await _claim_order_number(connection, command, b=b)
    goes_to = command.ship_to or _NOWHERE_TOLD
    recipient = goes_to.recipient_mobile and read_mobile(goes_to.recipient_mobile)
    checkout = Checkout(
        b=b,
        checkout_id=command.checkout_id,
        merchant_id=command.merchant_id,
        lender_id=command.lender_id,
        order_number=command.order_number,
        amount_minor=command.amount_minor,
        currency=command.currency,
        goods=list(command.goods),
        return_url=command.return_url,
        state=purchase.state.value,
        customer_b=None,
        customer_id=None,
        decision_id=None,
        agreement_id=None,
        loan_id=None,
        hold_id=None,
        authorised_minor=0,
        captured_minor=0,
        refunded_minor=0,
        created_at=at,
        expires_at=purchase.expires_at,
        ship_address=await _keyed(ports, normal_address(goes_to.address), field="address"),
        ship_contact=await _keyed(ports, recipient, field="mobile"),
        ship_region=goes_to.division,
    )
    await checkouts.add(connection, checkout)
    await log(connection, ports, at_checkout(checkout, EntryKind.OPENED))
    return checkout


async def _claim_order_number(connection: Connection, command: OpenCheckout, *, b: int) -> None:
    value = f"{command.merchant_id}:{command.order_number}".encode()
    claimed = await customers.claim(
        connection,
        b=bucket_of(value.decode()),
        kind="order_number",
        value=value,
        owner_b=b,
        owner=command.checkout_id,
    )
    if not claimed:
        raise OrderNumberUsed(
            f"order {command.order_number} has a checkout already", allowed="one checkout an order number"
        )


async def _keyed(ports: Ports, plain: str | None, *, field: str) -> str | None:
    return await key_of(ports, plain, field=field) if plain else None
