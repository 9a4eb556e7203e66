"""The demo shop: what it says of instalments, and orders that are placed once."""

from uuid import uuid4

import pytest

from world import World, refusal

pytestmark = pytest.mark.anyio
SKU = "AP-IP17-256"


async def ordered(world: World, *, sku: str = SKU, request_id: str = ""):
    return await world.http.post("/shop/orders", json={"sku": sku, "request_id": request_id or uuid4().hex})


async def test_every_phone_names_its_lowest_instalment_with_what_it_costs_a_year(world: World):
    phones = (await world.http.get("/shop/phones")).json()["phones"]

    assert len(phones) == 15
    for phone in phones:
        lowest = phone["from"]
        assert lowest["instalment_minor_max"] * lowest["tenor"] >= lowest["total_minor"]
        assert lowest["total_minor"] == phone["price_minor"] + lowest["cost_minor"]
        assert (float(lowest["irr_nominal"]) == 0) == (lowest["cost_minor"] == 0)


async def test_the_plans_of_a_phone_are_those_that_a_good_customer_is_offered(world: World):
    phone = (await world.http.get(f"/shop/phones/{SKU}")).json()
    decided = await world.decided()

    listed = {(plan["product_id"], plan["tenor"]) for plan in phone["plans"]}
    assert {(offer["product_id"], offer["tenor"]) for offer in decided.decision["offers"]} <= listed
    assert phone["interest_free_tenors"] == [12]


async def test_a_phone_that_is_not_on_sale_is_refused(world: World):
    assert refusal(await world.http.get("/shop/phones/NO-SUCH")) == (404, "phone_unknown")
    assert refusal(await ordered(world, sku="NO-SUCH")) == (404, "phone_unknown")


async def test_the_same_request_is_the_same_order(world: World):
    first = await ordered(world, request_id="a-request")
    again = await ordered(world, request_id="a-request")

    assert (first.status_code, first.content) == (201, again.content)
    listed = await world.shop.get("/v1/checkouts")
    assert [one["order_number"] for one in listed["checkouts"]].count(first.json()["order_number"]) == 1


async def test_a_request_cannot_become_another_order(world: World):
    await ordered(world, request_id="for-one-phone")

    other = await ordered(world, sku="XM-17-256", request_id="for-one-phone")

    assert refusal(other) == (409, "idempotency_key_reused")


async def test_the_order_says_how_it_stands_and_not_who_ordered(world: World):
    order = (await ordered(world)).json()
    shopper = world.shopper()
    await shopper.enter(order["checkout_id"])

    shown = (await world.http.get(f"/shop/orders/{order['checkout_id']}")).json()

    assert (shown["status"], shown["amount_minor"]) == ("created", 599_900)
    assert order["checkout_url"].endswith(f"/h5/checkouts/{order['checkout_id']}")
    assert shopper.mobile not in str(shown)


async def test_an_order_of_another_shop_is_unknown_here(world: World):
    other = await world.another_shop()
    checkout = await other.order(sku=SKU, name="iPhone 17", price_minor=599_900)

    response = await world.http.get(f"/shop/orders/{checkout['checkout_id']}")

    assert refusal(response) == (404, "checkout_unknown")


async def test_the_merchant_is_told_what_can_still_be_captured_and_refunded(world: World):
    bought = await world.signed()
    path = f"/v1/checkouts/{bought.checkout_id}"
    signed = await world.shop.get(path)
    await world.capture(bought, amount_minor=500_000)
    await world.refund(bought, amount_minor=120_000)
    refunded = await world.shop.get(path)

    assert (signed["capturable_minor"], signed["refundable_minor"]) == (599_900, 0)
    assert (refunded["capturable_minor"], refunded["refundable_minor"]) == (0, 380_000)
