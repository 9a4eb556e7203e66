"""The merchant API, v1: open a checkout, capture or void it, refund; settlements and events."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Header, Query, Response
from pydantic import Field

from fenqi.api.body import Body
from fenqi.api.edge import AskingMerchant, Installed
from fenqi.api.once import endpoint_of, once
from fenqi.core.ledger.account import bucket_of
from fenqi.core.merchant.idempotency import scope_of
from fenqi.core.merchant.purchase import PurchaseState
from fenqi.core.money.amount import require_currency
from fenqi.core.product.goods import GoodsCategory
from fenqi.services.capture_purchase import capture_purchase
from fenqi.services.find_settlement import settlement_items
from fenqi.services.open_checkout import OpenCheckout, ShipTo, checkout_id_of, open_checkout
from fenqi.services.purchase import find_for_merchant, purchase_of
from fenqi.services.refund_purchase import refund_purchase
from fenqi.services.set_webhook import set_webhook
from fenqi.services.void_purchase import void_purchase
from fenqi.stores import authority, checkout, settlement, work
from fenqi.stores.checkout import Checkout, Refund
from fenqi.stores.fetch import Connection
from fenqi.stores.settlement import Settlement
from fenqi.wiring import Installation

router = APIRouter(prefix="/v1", tags=["merchant"])
Key = Annotated[str | None, Header(alias="Idempotency-Key")]
LATEST = datetime.fromisoformat("9999-12-31T00:00:00+00:00")
LAST_ID = UUID(int=2**128 - 1)
Amount = Annotated[int, Field(strict=True, gt=0, le=100_000_000_00, description="whole minor units")]


class Good(Body):
    """One line of the order."""

    sku: str = Field(min_length=1, max_length=64)
    name: str = Field(min_length=1, max_length=200)
    price_minor: Amount
    quantity: int = Field(strict=True, ge=1, le=100)
    category: GoodsCategory | None = None


class NewShipTo(Body):
    """Where the goods go. Kept as keyed hashes only, to find orders that go to one place; the division as it is."""

    address: str = Field(min_length=1, max_length=300)
    recipient_mobile: str | None = Field(default=None, max_length=20)
    division: str | None = Field(default=None, pattern=r"^[0-9]{6}$", description="GB/T 2260")


class NewCheckout(Body):
    """An order to be paid in instalments."""

    order_number: str = Field(min_length=1, max_length=64, pattern=r"^[\x21-\x7e]+$")
    amount_minor: Amount
    currency: str = Field(min_length=3, max_length=3)
    goods: list[Good] = Field(min_length=1, max_length=50)
    return_url: str = Field(max_length=2000, pattern=r"^https?://")
    ship_to: NewShipTo | None = None


class NewCapture(Body):
    """What was delivered; without an amount, all of it."""

    amount_minor: Amount | None = None


class NewRefund(Body):
    """What came back."""

    amount_minor: Amount
    reason: str = Field(min_length=1, max_length=200)


class NewWebhook(Body):
    """Where events go."""

    url: str = Field(max_length=2000, pattern=r"^https?://")


@router.post("/checkouts", status_code=201)
async def create_checkout(
    new: NewCheckout, merchant: AskingMerchant, installation: Installed, key: Key = None
) -> Response:
    """Open a checkout; the shopper goes on at `checkout_url`."""
    scope = scope_of(key, merchant_id=merchant.merchant_id, endpoint=endpoint_of("checkouts"))
    checkout_id = checkout_id_of(merchant_id=merchant.merchant_id, key=scope.key)
    require_currency(new.currency)

    async def act(connection: Connection) -> dict[str, Any]:
        (lender, *_) = await authority.lenders(connection)
        command = OpenCheckout(
            checkout_id=checkout_id,
            merchant_id=merchant.merchant_id,
            lender_id=lender.lender_id,
            order_number=new.order_number,
            amount_minor=new.amount_minor,
            currency=new.currency,
            goods=tuple(good.model_dump(mode="json", exclude_none=True) for good in new.goods),
            return_url=new.return_url,
            ship_to=new.ship_to and ShipTo(**new.ship_to.model_dump()),
        )
        return shown(installation, await open_checkout(connection, installation.ports, command))

    # Without a place to ship to or a category, the request is what it was before there were any: a repetition finds
    # its reply.
    payload = new.model_dump(exclude={"goods", "ship_to"} if new.ship_to is None else {"goods"})
    payload["goods"] = [good.model_dump(mode="json", exclude_none=True) for good in new.goods]
    return await once(installation, scope, b=bucket_of(checkout_id), payload=payload, status=201, act=act)


@router.get("/checkouts")
async def list_checkouts(
    merchant: AskingMerchant,
    installation: Installed,
    state: PurchaseState | None = None,
    before_at: datetime = LATEST,
    before_id: UUID = LAST_ID,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> dict[str, Any]:
    """Your checkouts, newest first; `next` continues the list."""
    async with installation.transaction() as connection:
        rows = await checkout.of_merchant(
            connection,
            merchant_id=merchant.merchant_id,
            state=state and state.value,
            before_at=before_at,
            before_id=before_id,
            limit=limit,
        )
    last = rows[-1] if len(rows) == limit else None
    return {
        "checkouts": [shown(installation, row) for row in rows],
        "next": last and {"before_at": last.created_at.isoformat(), "before_id": str(last.checkout_id)},
    }


@router.get("/checkouts/{checkout_id}")
async def get_checkout(checkout_id: UUID, merchant: AskingMerchant, installation: Installed) -> dict[str, Any]:
    """One of your checkouts, with its refunds."""
    async with installation.transaction() as connection:
        row = await find_for_merchant(connection, checkout_id=checkout_id, merchant_id=merchant.merchant_id)
        refunds: tuple[Refund, ...] = ()
        if row.customer_b is not None:
            refunds = await checkout.refunds(connection, b=row.customer_b, checkout_id=checkout_id)
    return shown(installation, row) | {"refunds": [refund_shown(refund) for refund in refunds]}


@router.post("/checkouts/{checkout_id}/capture")
async def capture(
    checkout_id: UUID, new: NewCapture, merchant: AskingMerchant, installation: Installed, key: Key = None
) -> Response:
    """Take what was authorised once the goods are on their way; the rest is voided."""
    scope = scope_of(key, merchant_id=merchant.merchant_id, endpoint=endpoint_of("capture", checkout_id))

    async def act(connection: Connection) -> dict[str, Any]:
        row = await capture_purchase(
            connection, installation.ports, checkout_id=checkout_id, merchant=merchant, amount_minor=new.amount_minor
        )
        return shown(installation, row)

    return await once(installation, scope, b=bucket_of(checkout_id), payload=new.model_dump(), status=200, act=act)


@router.post("/checkouts/{checkout_id}/void")
async def void(checkout_id: UUID, merchant: AskingMerchant, installation: Installed, key: Key = None) -> Response:
    """Give the purchase up before its capture."""
    scope = scope_of(key, merchant_id=merchant.merchant_id, endpoint=endpoint_of("void", checkout_id))

    async def act(connection: Connection) -> dict[str, Any]:
        row = await void_purchase(
            connection, installation.ports, checkout_id=checkout_id, merchant_id=merchant.merchant_id
        )
        return shown(installation, row)

    return await once(installation, scope, b=bucket_of(checkout_id), payload={}, status=200, act=act)


@router.post("/checkouts/{checkout_id}/refunds", status_code=201)
async def refund(
    checkout_id: UUID, new: NewRefund, merchant: AskingMerchant, installation: Installed, key: Key = None
) -> Response:
    """Goods came back: a part of what was captured, or all of it."""
    scope = scope_of(key, merchant_id=merchant.merchant_id, endpoint=endpoint_of("refunds", checkout_id))

    async def act(connection: Connection) -> dict[str, Any]:
        made = await refund_purchase(
            connection,
            installation.ports,
            checkout_id=checkout_id,
            merchant=merchant,
            amount_minor=new.amount_minor,
            reason=new.reason,
        )
        return refund_shown(made)

    return await once(installation, scope, b=bucket_of(checkout_id), payload=new.model_dump(), status=201, act=act)


@router.get("/settlements")
async def list_settlements(
    merchant: AskingMerchant,
    installation: Installed,
    before_on: date = date(9999, 12, 31),
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> dict[str, Any]:
    """What you have been paid, newest first."""
    async with installation.transaction() as connection:
        rows = await settlement.of_merchant(
            connection,
            b=bucket_of(merchant.merchant_id),
            merchant_id=merchant.merchant_id,
            before_on=before_on,
            limit=limit,
        )
    following = rows[-1].until_on.isoformat() if len(rows) == limit else None
    return {"settlements": [settlement_shown(row) for row in rows], "next_before_on": following}


@router.get("/settlements/{settlement_id}")
async def get_settlement(settlement_id: UUID, merchant: AskingMerchant, installation: Installed) -> dict[str, Any]:
    """One settlement, line by line."""
    async with installation.transaction() as connection:
        items = await settlement_items(connection, settlement_id=settlement_id, merchant_id=merchant.merchant_id)
    lines = [
        {
            "checkout_id": str(item.checkout_id),
            "order_number": item.order_number,
            "kind": item.kind,
            "amount_minor": item.amount_minor,
            "currency": item.currency,
            "effective_on": item.effective_on.isoformat(),
        }
        for item in items
    ]
    return {"settlement_id": str(settlement_id), "items": lines}


@router.put("/webhook")
async def put_webhook(new: NewWebhook, merchant: AskingMerchant, installation: Installed) -> dict[str, str]:
    """Say where your events go; the secret that signs them is shown this once."""
    installation.require_webhook_url(new.url)
    async with installation.transaction() as connection:
        secret = await set_webhook(connection, installation.ports, merchant_id=merchant.merchant_id, url=new.url)
    return {"url": new.url, "key_id": str(merchant.merchant_id), "secret": secret}


@router.get("/events")
async def list_events(
    merchant: AskingMerchant,
    installation: Installed,
    before_at: datetime = LATEST,
    before_id: UUID = LAST_ID,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> dict[str, Any]:
    """The events sent to your webhook, newest first, with what became of them."""
    async with installation.transaction() as connection:
        rows = await work.messages_of_merchant(
            connection,
            merchant_id=merchant.merchant_id,
            before_at=before_at,
            before_id=before_id,
            limit=limit,
        )
    events = [
        {
            "event_id": str(row.message_id),
            "topic": row.topic,
            "created_at": row.created_at.isoformat(),
            "attempt_count": row.attempt_count,
            "delivered": row.delivered_at is not None,
            "abandoned": row.abandoned_at is not None,
            "content": row.content,
        }
        for row in rows
    ]
    following = {"before_at": rows[-1].created_at.isoformat(), "before_id": str(rows[-1].message_id)} if rows else None
    return {"events": events, "next": following if len(rows) == limit else None}


def shown(installation: Installation, row: Checkout) -> dict[str, Any]:
    """A checkout as its merchant sees it: never who the customer is, nor why they were declined."""
    purchase = purchase_of(row)
    return {
        "checkout_id": str(row.checkout_id),
        "checkout_url": f"{installation.address}/h5/checkouts/{row.checkout_id}",
        "order_number": row.order_number,
        "status": row.state,
        "amount_minor": row.amount_minor,
        "authorised_minor": row.authorised_minor,
        "captured_minor": row.captured_minor,
        "refunded_minor": row.refunded_minor,
        "capturable_minor": purchase.capturable_minor,
        "refundable_minor": purchase.refundable_minor,
        "currency": row.currency,
        "created_at": row.created_at.isoformat(),
        "expires_at": row.expires_at.isoformat(),
    }


def refund_shown(row: Refund) -> dict[str, Any]:
    """A refund as its merchant sees it."""
    return {
        "refund_id": str(row.refund_id),
        "checkout_id": str(row.checkout_id),
        "amount_minor": row.amount_minor,
        "currency": row.currency,
        "reason": row.reason,
        "refunded_at": row.refunded_at.isoformat(),
    }


def settlement_shown(row: Settlement) -> dict[str, Any]:
    """A settlement as its merchant sees it."""
    return {
        "settlement_id": str(row.settlement_id),
        "until_on": row.until_on.isoformat(),
        "currency": row.currency,
        "items_minor": row.items_minor,
        "carried_in_minor": row.carried_in_minor,
        "paid_minor": row.paid_minor,
        "carried_out_minor": row.carried_out_minor,
        "item_count": row.item_count,
    }
