"""The channel's signed notices: each heard once, in order, of the right order, and by nobody else's hand."""

import asyncio
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from fenqi.core.merchant.payment_order import Answer, Notice, Outcome
from fenqi.gateways.payment.notice import SignedNotice, write_notice
from fenqi.gateways.payment.stand_in import KEY_ID
from fenqi.gateways.signature import signed_headers
from paying import NOTICES, borrower, notice_of, paid_minor, pay, posted, resolve
from world import ADDRESS, World, refusal

pytestmark = pytest.mark.anyio


async def test_what_nobody_knows_is_booked_when_the_notice_comes_and_not_before(world: World):
    bought = await borrower(world, "tok_unknown_then_ok")
    answer = await pay(bought)
    assert (answer["state"], await paid_minor(bought)) == ("unknown", 0)

    response = await posted(world, await notice_of(world, answer["order_id"]))

    assert (response.status_code, response.json()["state"]) == (200, "succeeded")
    assert await paid_minor(bought) == 50_000


async def test_a_notice_heard_before_is_refused_and_changes_nothing(world: World):
    bought = await borrower(world, "tok_unknown_then_ok")
    notice = await notice_of(world, (await pay(bought))["order_id"])
    await posted(world, notice)

    answers = [await posted(world, notice) for _ in range(2)]

    assert {refusal(each) for each in answers} == {(409, "notice_replayed")}
    assert await paid_minor(bought) == 50_000
    assert await world.findings() == []


async def test_the_same_notice_twice_at_one_instant_is_heard_once(world: World):
    bought = await borrower(world, "tok_unknown_then_ok")
    notice = await notice_of(world, (await pay(bought))["order_id"])

    answers = await asyncio.gather(*(posted(world, notice) for _ in range(4)))

    assert sorted(each.status_code for each in answers) == [200, 409, 409, 409]
    assert await paid_minor(bought) == 50_000


async def test_a_notice_after_the_answer_was_fetched_books_nothing_twice(world: World):
    bought = await borrower(world, "tok_unknown_then_ok")
    order_id = (await pay(bought))["order_id"]
    assert await resolve(world) >= 1
    assert await paid_minor(bought) == 50_000

    response = await posted(world, await notice_of(world, order_id))

    assert (response.status_code, response.json()["state"]) == (200, "succeeded")
    assert await paid_minor(bought) == 50_000


async def test_an_older_notice_that_says_otherwise_is_refused(world: World):
    bought = await borrower(world, "tok_unknown_then_ok")
    order_id = (await pay(bought))["order_id"]
    await posted(world, await notice_of(world, order_id))
    earlier = Answer(Outcome.FAILED, "", "insufficient_funds", "", None, "stand-in", is_stand_in=True)
    notice = Notice("an-older-notice", UUID(order_id), 50_000, "CNY", earlier)

    response = await posted(world, await sign(world, notice))

    assert refusal(response) == (409, "notice_out_of_order")
    assert await paid_minor(bought) == 50_000


async def sign(world: World, notice: Notice, *, secret: bytes | None = None) -> SignedNotice:
    return write_notice(
        notice,
        url=NOTICES,
        note="",
        key_id=KEY_ID,
        secret=secret or await world.installation.ports.keys.code_key(),
        created_at=datetime.now(UTC),
    )


def word(order_id: str, *, amount_minor: int = 50_000, notice_id: str = "n-1", currency: str = "CNY") -> Notice:
    said = Answer(Outcome.SUCCEEDED, "ref", "ok", "", None, "stand-in", is_stand_in=True)
    return Notice(notice_id, UUID(order_id), amount_minor, currency, said)


async def test_a_notice_of_another_amount_currency_or_order_is_refused(world: World):
    bought = await borrower(world, "tok_unknown_then_ok")
    order_id = (await pay(bought))["order_id"]

    answers = [
        await posted(world, await sign(world, word(order_id, amount_minor=49_999))),
        await posted(world, await sign(world, word(order_id, currency="USD"))),
        await posted(world, await sign(world, word(str(uuid4())))),
    ]

    assert [refusal(each) for each in answers] == [
        (409, "notice_differs"),
        (409, "notice_differs"),
        (404, "payment_order_unknown"),
    ]
    assert await paid_minor(bought) == 0


async def test_a_notice_that_the_channel_did_not_sign_just_so_is_refused(world: World):
    bought = await borrower(world, "tok_unknown_then_ok")
    order_id = (await pay(bought))["order_id"]
    notice = await notice_of(world, order_id)
    old = await notice_of(world, order_id, created_at=datetime.now(UTC) - timedelta(minutes=6))
    forged = await sign(world, word(order_id), secret=b"another secret of thirty-two byte")
    unsigned = {name: value for name, value in notice.headers.items() if "signature" not in name.lower()}

    answers = {
        "body": await posted(world, notice, body=notice.body.replace(b"50000", b"50001")),
        "forged": await posted(world, forged),
        "unsigned": await posted(world, notice, headers=unsigned),
        "elsewhere": await world.http.post(
            f"{ADDRESS}/channel/notices?x=1", content=notice.body, headers=dict(notice.headers)
        ),
        "old": await posted(world, old),
    }

    assert {what: refusal(each)[1] for what, each in answers.items()} == {
        "body": "signature_invalid",
        "forged": "signature_invalid",
        "unsigned": "signature_invalid",
        "elsewhere": "signature_invalid",
        "old": "signature_too_old",
    }
    assert await paid_minor(bought) == 0


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"notice_id": 1}'])
async def test_a_signed_body_that_is_no_notice_is_refused(world: World, body: bytes):
    headers = signed_headers(
        method="POST",
        url=NOTICES,
        body=body,
        key_id=KEY_ID,
        secret=await world.installation.ports.keys.code_key(),
        created_at=datetime.now(UTC),
    )

    response = await world.http.post(NOTICES, content=body, headers=dict(headers))

    assert refusal(response) == (400, "notice_unreadable")
