"""Signing: what was shown, for how long, with which code; and what the documents say for ever."""

import hashlib
import json
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import httpx
import pytest

from fenqi.core.ledger.account import bucket_in
from fenqi.core.loan.record import agreement_from_record
from fenqi.core.product.schedule import plan
from fenqi.stores import agreement as agreements
from fenqi.stores import loan as loans
from world import PRICE_MINOR, Bought, World, refusal

pytestmark = pytest.mark.anyio


async def code_for(world: World, bought: Bought) -> dict[str, Any]:
    sent = await bought.shopper.post(
        f"/h5/checkouts/{bought.checkout_id}/signing-codes", {"shown_id": bought.shown["shown_id"]}
    )
    return {
        "shown_id": bought.shown["shown_id"],
        "code_id": sent["code_id"],
        "digits": world.code_sent_to(bought.shopper.mobile),
        "signed_sha256": [each["sha256"] for each in bought.shown["documents"]],
        "account_token": "tok_ok",
    }


async def signed_with(world: World, bought: Bought, signing: dict[str, Any]) -> httpx.Response:
    return await world.http.post(
        f"/h5/checkouts/{bought.checkout_id}/signatures",
        json=signing,
        headers={"authorization": f"Bearer {bought.shopper.token}"},
    )


async def document(bought: Bought, document_id: str) -> httpx.Response:
    headers = {"authorization": f"Bearer {bought.shopper.token}"}
    return await bought.shopper.http.get(f"/h5/documents/{document_id}", headers=headers)


async def test_nothing_is_signed_before_the_reading_time_is_over(world: World):
    bought = await world.decided()
    bought.shown = await bought.shopper.choose(bought.checkout_id, offer_id="instalment:12")
    seconds = bought.shown["read_seconds_min"]
    assert seconds > 0
    world.pass_time(timedelta(seconds=seconds - 1))

    response = await world.http.post(
        f"/h5/checkouts/{bought.checkout_id}/signing-codes",
        json={"shown_id": bought.shown["shown_id"]},
        headers={"authorization": f"Bearer {bought.shopper.token}"},
    )

    assert refusal(response) == (422, "reading_time_not_over")
    world.pass_time(timedelta(seconds=1))
    assert (await signed_with(world, bought, await code_for(world, bought))).status_code == 201


async def test_a_code_sent_under_what_was_shown_before_signs_nothing_shown_after(world: World):
    bought = await world.shown()
    earlier = await code_for(world, bought)
    bought.shown = await bought.shopper.choose(bought.checkout_id, offer_id="instalment:6")
    world.pass_time(timedelta(seconds=bought.shown["read_seconds_min"]))
    later = earlier | {
        "shown_id": bought.shown["shown_id"],
        "signed_sha256": [each["sha256"] for each in bought.shown["documents"]],
    }

    assert refusal(await signed_with(world, bought, later)) == (404, "code_unknown")


@pytest.mark.parametrize("wrong", [["0" * 64], ["0" * 64] * 2])
async def test_what_was_not_shown_is_not_signed(world: World, wrong: list[str]):
    bought = await world.shown()
    signing = await code_for(world, bought)

    response = await signed_with(world, bought, signing | {"signed_sha256": wrong})

    assert refusal(response)[1] == "signed_text_differs"
    seen = await world.shop.get(f"/v1/checkouts/{bought.checkout_id}")
    assert (seen["status"], seen["authorised_minor"]) == ("disclosed", 0)


async def test_one_document_of_two_signed_is_not_signed(world: World):
    bought = await world.shown()
    signing = await code_for(world, bought)

    response = await signed_with(world, bought, signing | {"signed_sha256": signing["signed_sha256"][:1]})

    assert refusal(response)[1] == "signed_text_differs"


async def test_a_signed_checkout_is_not_signed_again(world: World):
    bought = await world.signed()
    world.pass_time(timedelta(seconds=61))
    signing = await code_for(world, bought)

    assert refusal(await signed_with(world, bought, signing)) == (409, "already_authorised")


async def test_the_code_is_the_only_signature(world: World):
    bought = await world.shown()
    signing = await code_for(world, bought)
    wrong = signing | {"digits": f"{(int(signing['digits']) + 1) % 10**6:06}"}

    assert refusal(await signed_with(world, bought, wrong)) == (401, "code_wrong")
    assert refusal(await signed_with(world, bought, signing | {"signed": True})) == (400, "request_invalid")
    assert (await signed_with(world, bought, signing)).status_code == 201


async def test_the_evidence_of_a_signature_is_kept(world: World):
    bought = await world.shown()
    shown_at = world.business.now() - timedelta(seconds=bought.shown["read_seconds_min"])
    world.pass_time(timedelta(seconds=20))
    signing = await code_for(world, bought)

    answer = (await signed_with(world, bought, signing)).json()

    agreement_id = UUID(answer["agreement_id"])
    async with world.installation.transaction() as connection:
        kept = await agreements.known(connection, b=bucket_in(agreement_id), agreement_id=agreement_id)
    evidence = kept.evidence
    assert {each["name"]: each["sha256"] for each in evidence["texts"]} == {
        each["kind"]: each["sha256"] for each in bought.shown["documents"]
    }
    assert all(each["version"] >= 1 and each["language"] == "zh-CN" for each in evidence["texts"])
    assert evidence["shown_at"].startswith(shown_at.isoformat()[:19])
    assert evidence["read_seconds"] == bought.shown["read_seconds_min"] + 20
    assert evidence["read_seconds_min"] == bought.shown["read_seconds_min"]
    assert evidence["code_challenge_id"] == signing["code_id"]
    assert evidence["code_passed_at"]
    assert kept.signed_at == world.business.now()


@pytest.mark.parametrize("language", ["zh-CN", "en"])
async def test_the_documents_are_downloaded_as_the_bytes_that_were_signed(world: World, language: str):
    bought = await world.lent(language=language)
    world.pass_time(timedelta(days=800))

    for each in bought.shown["documents"]:
        response = await document(bought, each["document_id"])
        assert response.status_code == 200
        assert hashlib.sha256(response.content).hexdigest() == each["sha256"]
        assert response.headers["content-language"] == language
    agreement = (await document(bought, bought.shown["documents"][1]["document_id"])).text
    assert bought.shopper.name in agreement
    assert bought.shopper.id_number not in agreement


async def test_what_a_merchant_calls_its_goods_is_text_in_a_document_and_nothing_more(world: World):
    bought = Bought(world.shopper(), "")
    name = "<script>alert(1)</script>"
    bought.checkout_id = (await world.shop.order(sku="X", name=name, price_minor=PRICE_MINOR))["checkout_id"]
    await bought.shopper.enter(bought.checkout_id)
    await bought.shopper.say_who(bought.checkout_id)
    await bought.shopper.consent(bought.checkout_id)
    await bought.shopper.ask(bought.checkout_id)
    shown = await bought.shopper.choose(bought.checkout_id, offer_id="instalment:12")

    for each in shown["documents"]:
        response = await document(bought, each["document_id"])
        assert name not in response.text
        assert "default-src 'none'" in response.headers["content-security-policy"]
        assert response.headers["x-content-type-options"] == "nosniff"


async def rows_of(bought: Bought) -> list[dict[str, Any]]:
    return (await bought.shopper.loan(bought.loan_id))["instalments"]


@pytest.mark.parametrize("captured_minor", [PRICE_MINOR, 599_899, 333_333, 10_000, 100, 12])
async def test_the_final_plan_costs_no_more_than_was_disclosed(world: World, captured_minor: int):
    bought = await world.signed()
    world.pass_time(timedelta(days=9))

    await world.capture(bought, amount_minor=captured_minor)

    rows, shown = await rows_of(bought), bought.shown["rows"]
    assert len(rows) == len(shown)
    assert sum(row["due"]["principal_minor"] for row in rows) == captured_minor
    assert all(row["due"]["total_minor"] <= before["total_minor"] for row, before in zip(rows, shown, strict=True))
    cost_minor = sum(row["due"]["interest_minor"] + row["due"]["fee_minor"] for row in rows)
    assert cost_minor <= bought.shown["offer"]["cost_minor"]
    assert await world.findings() == []


async def test_the_loan_is_paid_by_the_plan_that_was_issued(world: World):
    bought = await world.lent(captured_minor=123_457)

    loan_id = UUID(bought.loan_id)
    async with world.installation.transaction() as connection:
        row = await loans.find(connection, b=bucket_in(loan_id), loan_id=loan_id)
    assert row is not None
    agreed = agreement_from_record(row.terms)
    issued = plan(agreed.terms, principal_minor=123_457, start_on=row.drawn_on).rows
    rows = await rows_of(bought)
    assert [(each.due_on.isoformat(), each.total_minor) for each in issued] == [
        (each["due_on"], each["due"]["total_minor"]) for each in rows
    ]


async def test_an_offer_that_was_never_made_is_refused(world: World):
    bought = await world.decided()
    for offer_id in ("instalment:0", "instalment:25", "instalment:7", "nothing:12", "", "x" * 64):
        response = await world.http.post(
            f"/h5/checkouts/{bought.checkout_id}/disclosures",
            json={"offer_id": offer_id},
            headers={"authorization": f"Bearer {bought.shopper.token}"},
        )
        assert refusal(response) == (404, "offer_unknown"), offer_id


async def test_an_account_that_cannot_be_written_down_is_refused_at_once(world: World):
    bought = await world.shown()
    signing = await code_for(world, bought)

    for token in ("tok\n_ok", "tok ok", "密码密码", "x"):
        response = await signed_with(world, bought, signing | {"account_token": token})
        assert refusal(response) == (400, "request_invalid"), json.dumps(token)


async def test_what_was_shown_before_midnight_is_signed_after_it_as_it_was_shown(world: World):
    bought = await world.decided()
    midnight = datetime.combine(world.business.today() + timedelta(days=1), time(), ZoneInfo("Asia/Shanghai"))
    minutes_before = midnight - timedelta(minutes=1) - world.business.now()
    if minutes_before > timedelta(hours=1):
        world.business.move(minutes_before)
        bought = await world.decided()
    bought.shown = await bought.shopper.choose(bought.checkout_id, offer_id="instalment:12")
    world.business.move(timedelta(minutes=2))
    world.wall.move(timedelta(seconds=30))
    assert world.business.today() == midnight.date()

    answer = (await signed_with(world, bought, await code_for(world, bought))).json()

    agreement_id = UUID(answer["agreement_id"])
    async with world.installation.transaction() as connection:
        kept = await agreements.known(connection, b=bucket_in(agreement_id), agreement_id=agreement_id)
    agreed = agreement_from_record(kept.terms["agreement"])
    again = plan(agreed.terms, principal_minor=PRICE_MINOR, start_on=midnight.date() - timedelta(days=1)).rows
    assert [(row.due_on.isoformat(), row.total_minor) for row in again] == [
        (row["due_on"], row["total_minor"]) for row in bought.shown["rows"]
    ]
