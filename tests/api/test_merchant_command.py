"""A merchant's commands: each happens once for its key, in its order, within its amounts."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

import fenqi.api.merchant as merchant_api
from fenqi.simulation.caller import Shop
from world import PRICE_MINOR, Bought, World, refusal

pytestmark = pytest.mark.anyio


async def command(
    world: World,
    bought: Bought,
    what: str,
    body: dict[str, Any] | None = None,
    *,
    key: str = "",
    shop: Shop | None = None,
) -> httpx.Response:
    headers = (shop or world.shop).headers | {"idempotency-key": key or uuid4().hex}
    return await world.http.post(f"/v1/checkouts/{bought.checkout_id}/{what}", json=body or {}, headers=headers)


async def test_an_order_placed_twice_with_one_key_is_one_order_and_one_reply(world: World):
    body = {
        "order_number": "TWICE-1",
        "amount_minor": 100_000,
        "currency": "CNY",
        "goods": [{"sku": "A", "name": "Case", "price_minor": 50_000, "quantity": 2}],
        "return_url": "https://shop.example/",
    }
    headers = world.shop.headers | {"idempotency-key": "order-twice-1"}

    first, again = [await world.http.post("/v1/checkouts", json=body, headers=headers) for _ in range(2)]

    assert (first.status_code, first.content) == (201, again.content)
    changed = body | {"order_number": "TWICE-2"}
    other = await world.http.post("/v1/checkouts", json=changed, headers=headers)
    assert refusal(other) == (409, "idempotency_key_reused")
    elsewhere = headers | {"idempotency-key": "order-twice-2"}
    assert refusal(await world.http.post("/v1/checkouts", json=body, headers=elsewhere)) == (409, "order_number_used")


@pytest.mark.parametrize(
    ("key", "code"),
    [(None, "idempotency_key_missing"), ("", "idempotency_key_missing"), ("x" * 300, "idempotency_key_malformed")],
)
async def test_a_command_without_a_usable_key_is_refused(world: World, key: str | None, code: str):
    headers = world.shop.headers | ({} if key is None else {"idempotency-key": key})

    response = await world.http.post(f"/v1/checkouts/{uuid4()}/void", headers=headers)

    assert refusal(response) == (400, code)


async def test_a_capture_repeated_with_its_key_gets_the_same_bytes(world: World):
    bought = await world.signed()

    first, again = [await command(world, bought, "capture", {"amount_minor": 500_000}, key="cap-1") for _ in range(2)]
    other = await command(world, bought, "capture", {"amount_minor": 500_001}, key="cap-1")

    assert first.status_code == 200
    assert first.content == again.content
    assert refusal(other) == (409, "idempotency_key_reused")
    assert len((await bought.shopper.get("/h5/loans"))["loans"]) == 1


async def test_a_refund_repeated_with_its_key_is_one_refund(world: World):
    bought = await world.lent()
    body = {"amount_minor": 10_000, "reason": "scratch"}

    first, again = [await command(world, bought, "refunds", body, key="refund-1") for _ in range(2)]
    await command(world, bought, "refunds", body, key="refund-2")

    assert first.content == again.content
    seen = await world.shop.get(f"/v1/checkouts/{bought.checkout_id}")
    assert (seen["refunded_minor"], len(seen["refunds"])) == (20_000, 2)


async def test_one_key_means_something_else_for_another_merchant_checkout_and_endpoint(world: World):
    one, two = await world.signed(), await world.signed()
    other = await world.another_shop()

    answers = [
        await command(world, one, "capture", key="the-same-key"),
        await command(world, two, "capture", key="the-same-key"),
        await command(world, one, "refunds", {"amount_minor": 1, "reason": "x"}, key="the-same-key"),
        await command(world, one, "capture", key="the-same-key", shop=other),
    ]

    assert [answer.status_code for answer in answers] == [200, 200, 201, 404]


async def test_while_the_first_is_at_work_the_second_is_told_so(world: World, monkeypatch: pytest.MonkeyPatch):
    bought = await world.signed()
    at_work, may_end = asyncio.Event(), asyncio.Event()
    really = merchant_api.capture_purchase

    async def slow(*given: Any, **named: Any) -> Any:
        at_work.set()
        await may_end.wait()
        return await really(*given, **named)

    monkeypatch.setattr(merchant_api, "capture_purchase", slow)
    first = asyncio.create_task(command(world, bought, "capture", key="slow-1"))
    await at_work.wait()
    second = await command(world, bought, "capture", key="slow-1")
    may_end.set()

    assert refusal(second) == (409, "idempotency_in_progress")
    assert (await first).status_code == 200
    third = await command(world, bought, "capture", key="slow-1")
    assert third.content == (await first).content


async def test_a_crash_forgets_the_command_and_its_key(world: World, monkeypatch: pytest.MonkeyPatch):
    bought = await world.signed()
    really = merchant_api.capture_purchase

    async def crashing(*given: Any, **named: Any) -> Any:
        await really(*given, **named)
        raise RuntimeError("the process dies before the commit")

    monkeypatch.setattr(merchant_api, "capture_purchase", crashing)
    assert (await command(world, bought, "capture", key="crash-1")).status_code == 500
    monkeypatch.setattr(merchant_api, "capture_purchase", really)

    assert (await bought.shopper.get("/h5/loans"))["loans"] == []
    assert (await command(world, bought, "capture", key="crash-1")).status_code == 200
    assert len((await bought.shopper.get("/h5/loans"))["loans"]) == 1
    assert await world.findings() == []


async def test_a_refusal_is_not_kept_under_the_key(world: World):
    bought = await world.shown()
    assert refusal(await command(world, bought, "capture", key="early"))[1] == "checkout_step_out_of_order"

    await bought.shopper.sign(bought.checkout_id, shown=bought.shown)

    assert (await command(world, bought, "capture", key="early")).status_code == 200


async def test_two_captures_at_one_instant_are_one(world: World):
    bought = await world.signed()

    answers = await asyncio.gather(*(command(world, bought, "capture") for _ in range(4)))

    assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409]
    assert {refusal(answer)[1] for answer in answers if answer.status_code == 409} == {"already_captured"}
    assert len((await bought.shopper.get("/h5/loans"))["loans"]) == 1


async def test_what_comes_out_of_order_is_refused_by_name(world: World):
    captured, voided = await world.lent(), await world.signed()
    assert (await command(world, voided, "void")).json()["status"] == "voided"
    refund = {"amount_minor": 1, "reason": "x"}

    refused = {
        "capture twice": await command(world, captured, "capture"),
        "void after capture": await command(world, captured, "void"),
        "capture after void": await command(world, voided, "capture"),
        "void twice": await command(world, voided, "void"),
        "refund after void": await command(world, voided, "refunds", refund),
        "refund before capture": await command(world, await world.signed(), "refunds", refund),
        "capture before signing": await command(world, await world.decided(), "capture"),
    }

    assert {what: refusal(answer) for what, answer in refused.items()} == {
        "capture twice": (409, "already_captured"),
        "void after capture": (409, "already_captured"),
        "capture after void": (409, "checkout_voided"),
        "void twice": (409, "checkout_voided"),
        "refund after void": (409, "not_captured"),
        "refund before capture": (409, "not_captured"),
        "capture before signing": (409, "checkout_step_out_of_order"),
    }


async def test_no_more_is_captured_than_was_authorised(world: World):
    bought = await world.signed()

    response = await command(world, bought, "capture", {"amount_minor": PRICE_MINOR + 1})

    assert refusal(response) == (409, "amount_above_authorised")
    assert response.json()["refusal"]["allowed"] == f"at most {PRICE_MINOR} minor units of CNY"


async def test_no_more_is_refunded_than_was_captured(world: World):
    bought = await world.lent(captured_minor=400_000)
    await world.refund(bought, amount_minor=300_000)

    response = await command(world, bought, "refunds", {"amount_minor": 100_001, "reason": "x"})

    assert refusal(response) == (409, "refund_above_captured")
    await world.refund(bought, amount_minor=100_000)
    assert await world.findings() == []


async def test_refunds_at_one_instant_never_exceed_the_capture(world: World):
    bought = await world.lent()
    body = {"amount_minor": 250_000, "reason": "x"}

    answers = await asyncio.gather(*(command(world, bought, "refunds", body) for _ in range(4)))

    assert sorted(answer.status_code for answer in answers) == [201, 201, 409, 409]
    assert await world.findings() == []


async def test_an_authorisation_ends_after_its_time(world: World):
    bought = await world.signed()
    world.pass_time(timedelta(days=15))

    assert refusal(await command(world, bought, "capture")) == (410, "authorisation_expired")
    assert refusal(await command(world, bought, "void")) == (410, "authorisation_expired")


async def test_every_step_is_told_to_the_merchant_once(world: World):
    bought = await world.lent()
    await world.refund(bought, amount_minor=1_000)
    await world.refund(bought, amount_minor=1_000)

    events = (await world.shop.get("/v1/events?limit=200"))["events"]

    told = [each["topic"] for each in events if each["content"]["checkout_id"] == bought.checkout_id]
    assert sorted(told) == [
        "checkout.authorised",
        "checkout.captured",
        "checkout.refunded",
        "checkout.refunded",
    ]


async def test_lists_continue_where_they_stopped(world: World):
    for _ in range(4):
        await world.order()

    seen: list[str] = []
    page = await world.shop.get("/v1/checkouts?limit=2")
    while page["next"]:
        seen += [each["checkout_id"] for each in page["checkouts"]]
        query = "&".join(f"{name}={value.replace('+', '%2B')}" for name, value in page["next"].items())
        page = await world.shop.get(f"/v1/checkouts?limit=2&{query}")
    seen += [each["checkout_id"] for each in page["checkouts"]]

    everything = [each["checkout_id"] for each in (await world.shop.get("/v1/checkouts?limit=200"))["checkouts"]]
    assert seen == everything
    assert len(set(seen)) == len(seen) >= 4
    assert all(UUID(each) for each in seen)


@pytest.mark.parametrize("url", ["http://169.254.169.254/x", "ftp://shop.example/", "https://u:p@shop.example/"])
async def test_events_are_not_sent_where_a_merchant_must_not_send_us(world: World, url: str):
    response = await world.http.put("/v1/webhook", json={"url": url}, headers=world.shop.headers)

    assert refusal(response) in {(400, "webhook_url_refused"), (400, "request_invalid")}
