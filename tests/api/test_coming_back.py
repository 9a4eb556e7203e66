"""A shopper comes back: to a checkout that was left, to another one, to their own credit."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import httpx
import pytest

from fenqi.api.app import build_app
from world import ADDRESS, World, refusal

pytestmark = pytest.mark.anyio


async def progress(bought: Any) -> dict[str, Any]:
    return await bought.shopper.get(f"/h5/checkouts/{bought.checkout_id}/progress")


async def test_what_was_shown_is_shown_again_as_it_was(world: World):
    bought = await world.shown()

    again = await progress(bought)

    assert again["step"] == "read"
    assert again["shown"] == bought.shown
    assert again["read_seconds_left"] == 0


async def test_the_reading_time_goes_on_while_one_is_away(world: World):
    bought = await world.decided()
    shown = await bought.shopper.choose(bought.checkout_id, offer_id="instalment:12")
    world.pass_time(timedelta(seconds=3))

    assert (await progress(bought))["read_seconds_left"] == shown["read_seconds_min"] - 3


async def test_the_table_of_an_offer_can_be_compared_before_one_is_chosen(world: World):
    bought = await world.decided()

    table = await bought.shopper.get(f"/h5/checkouts/{bought.checkout_id}/offers/instalment:12")

    shown = await bought.shopper.choose(bought.checkout_id, offer_id="instalment:12")
    assert table["rows"] == shown["rows"]


async def test_somebody_known_takes_up_another_checkout_without_saying_who_they_are(world: World):
    bought = await world.lent()
    another = await world.order()

    answer = await world.http.put(
        f"/h5/checkouts/{another}/customer", headers={"authorization": f"Bearer {bought.shopper.token}"}
    )

    assert answer.is_success
    assert (await bought.shopper.get(f"/h5/checkouts/{another}/progress"))["step"] == "apply"


async def test_nobody_takes_up_a_checkout_unidentified(world: World):
    shopper, checkout_id = world.shopper(), await world.order()
    await shopper.enter(checkout_id)

    answer = await world.http.put(
        f"/h5/checkouts/{checkout_id}/customer", headers={"authorization": f"Bearer {shopper.token}"}
    )

    assert refusal(answer) == (409, "identity_missing")


async def test_a_loan_lists_what_was_read_signed_and_issued(world: World):
    bought = await world.lent()

    documents = (await bought.shopper.get(f"/h5/loans/{bought.loan_id}/documents"))["documents"]

    assert [each["kind"] for each in documents] == ["disclosure", "agreement", "plan"]
    for each in documents:
        assert await bought.shopper.document(each["document_id"])


async def test_the_limit_and_what_is_used_of_it_add_up(world: World):
    bought = await world.lent()

    me = await bought.shopper.get("/h5/me")

    assert me["identified"]
    assert me["used_minor"] == 599_900
    assert me["available_minor"] == me["limit_minor"] - me["used_minor"]
    assert me["name_masked"].startswith("*")


async def test_nothing_stands_in_in_production(world: World):
    app = build_app(replace(world.installation, production=True))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url=ADDRESS) as http:
        answers = [await http.get(f"/stand-in/{name}") for name in ("sms?mobile=13912345678", "accounts", "person")]

    assert [refusal(answer) for answer in answers] == [(422, "stand_in_refused")] * 3
