"""A merchant asks for an order to be paid in instalments."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, ClassVar
from uuid import UUID, uuid5

from fenqi.core.ledger.account import bucket_of
from fenqi.core.merchant.checkout import create
from fenqi.core.refusal import Kind, Refusal
from fenqi.services.port import Ports
from fenqi.stores import checkout as checkouts
from fenqi.stores import customer as customers
from fenqi.stores.checkout import Checkout
from fenqi.stores.fetch import Connection

CHECKOUT_LIFETIME = timedelta(hours=2)


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

    Raises: GoodsDoNotAddUp, AmountNotPositive, OrderNumberUsed.
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
    )
    await checkouts.add(connection, checkout)
    return checkout
