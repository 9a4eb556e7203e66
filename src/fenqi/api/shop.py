"""The demo shop: what it sells, and orders that its server brings to the lender's checkout."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Depends, Response
from pydantic import Field

from fenqi.api.body import Body
from fenqi.api.edge import Installed
from fenqi.api.once import endpoint_of, once
from fenqi.api.stand_in import require_demo
from fenqi.core.ledger.account import bucket_of
from fenqi.core.merchant.idempotency import scope_of
from fenqi.core.product.goods import GoodsCategory
from fenqi.core.product.listed import ListedPlan, lowest_instalment
from fenqi.services.open_checkout import OpenCheckout, checkout_id_of, open_checkout
from fenqi.services.purchase import find_for_merchant
from fenqi.services.show_phone import PhoneOnSale, phone_on_sale, phones_on_sale
from fenqi.stores import authority
from fenqi.stores.authority import Phone
from fenqi.stores.checkout import Checkout
from fenqi.stores.fetch import Connection
from fenqi.stores.shipped_world import load_world
from fenqi.wiring import Installation

router = APIRouter(prefix="/shop", tags=["shop"])
SHOP_ID = UUID(load_world()["merchant"]["merchant_id"])
"""The merchant that the demo shop is."""


class NewOrder(Body):
    """One phone, put into the cart and ordered."""

    sku: str = Field(min_length=1, max_length=64)
    request_id: str = Field(min_length=8, max_length=100, pattern=r"^[\x21-\x7e]+$", description="yours, one an order")


@router.get("/phones")
async def list_phones(installation: Installed) -> dict[str, Any]:
    """Every phone on sale, with the plan that has the lowest instalment."""
    async with installation.reading() as connection:
        found = await phones_on_sale(connection, installation.ports)
    return {"phones": [_line(each) for each in found]}


@router.get("/phones/{sku}")
async def show_phone(sku: str, installation: Installed) -> dict[str, Any]:
    """One phone with every plan at list price; what somebody is offered is for the decision to say."""
    async with installation.reading() as connection:
        found = await phone_on_sale(connection, installation.ports, sku=sku)
    name = installation.ports.authority.house.name
    return _line(found) | {
        "lender": {"zh": name["zh-CN"], "en": name["en"]},
        "plans": [_plan(each) for each in found.plans],
    }


@router.post("/orders", status_code=201, dependencies=[Depends(require_demo)])
async def create_order(new: NewOrder, installation: Installed) -> Response:
    """Order one phone in instalments: the same request is the same order; the shopper goes on at `checkout_url`."""
    scope = scope_of(f"shop:{new.request_id}", merchant_id=SHOP_ID, endpoint=endpoint_of("checkouts"))
    checkout_id = checkout_id_of(merchant_id=SHOP_ID, key=scope.key)

    async def act(connection: Connection) -> dict[str, Any]:
        found = await phone_on_sale(connection, installation.ports, sku=new.sku)
        (lender, *_) = await authority.lenders(connection)
        command = _order(installation, found.phone, checkout_id=checkout_id, lender_id=lender.lender_id)
        return _shown(installation, await open_checkout(connection, installation.ports, command))

    return await once(installation, scope, b=bucket_of(checkout_id), payload=new.model_dump(), status=201, act=act)


@router.get("/orders/{checkout_id}")
async def show_order(checkout_id: UUID, installation: Installed) -> dict[str, Any]:
    """How an order stands, for whoever has its address; who ordered is not said."""
    async with installation.reading() as connection:
        row = await find_for_merchant(connection, checkout_id=checkout_id, merchant_id=SHOP_ID)
    return _shown(installation, row)


def _order(installation: Installation, phone: Phone, *, checkout_id: UUID, lender_id: UUID) -> OpenCheckout:
    good = {
        "sku": phone.sku,
        "name": f"{phone.name_zh} {phone.storage}",
        "price_minor": phone.price_minor,
        "quantity": 1,
        "category": GoodsCategory.PHONE.value,
    }
    return OpenCheckout(
        checkout_id=checkout_id,
        merchant_id=SHOP_ID,
        lender_id=lender_id,
        order_number=f"S{installation.ports.business.today():%y%m%d}{checkout_id.hex[:10].upper()}",
        amount_minor=phone.price_minor,
        currency=phone.currency,
        goods=(good,),
        return_url=f"{installation.address}/shop/orders/{checkout_id}",
    )


def _shown(installation: Installation, row: Checkout) -> dict[str, Any]:
    return {
        "checkout_id": str(row.checkout_id),
        "checkout_url": f"{installation.address}/h5/checkouts/{row.checkout_id}",
        "order_number": row.order_number,
        "status": row.state,
        "goods": [{**good} for good in row.goods],
        "amount_minor": row.amount_minor,
        "captured_minor": row.captured_minor,
        "refunded_minor": row.refunded_minor,
        "currency": row.currency,
        "created_at": row.created_at.isoformat(),
        "expires_at": row.expires_at.isoformat(),
    }


def _line(found: PhoneOnSale) -> dict[str, Any]:
    phone, lowest = found.phone, lowest_instalment(found.plans)
    free = {plan.tenor for plan in found.plans if plan.tenor > 1 and plan.is_interest_free}
    return {
        "sku": phone.sku,
        "brand": phone.brand,
        "name": {"zh": phone.name_zh, "en": phone.name_en},
        "storage": phone.storage,
        "price_minor": phone.price_minor,
        "currency": phone.currency,
        "interest_free_tenors": sorted(free),
        "from": lowest and _plan(lowest),
    }


def _plan(listed: ListedPlan) -> dict[str, Any]:
    schedule, product = listed.plan.schedule, listed.product
    return {
        "product_id": product.product_id,
        "name": {"zh": product.name_zh, "en": product.name_en},
        "tenor": listed.tenor,
        "instalment_minor_max": listed.instalment_minor_max,
        "cost_minor": schedule.cost_minor,
        "total_minor": schedule.total_minor,
        "irr_nominal": str(listed.plan.annual.irr_nominal),
        "is_interest_free": listed.is_interest_free,
        "interest_paid_by": product.interest_paid_by,
    }
