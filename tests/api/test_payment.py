"""Money through the channel: every order moves once, whatever is lost, late, repeated or contradicted."""

import asyncio
import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

import fenqi.batch.send_payment as sending
from fenqi.batch.send_payment import ask_unresolved
from fenqi.core.merchant.payment_order import Answer, Notice, Outcome, PaymentContradicted
from fenqi.core.refusal import Unavailable
from fenqi.gateways.payment.notice import SignedNotice, write_notice
from fenqi.gateways.payment.stand_in import KEY_ID, StandInChannel
from fenqi.gateways.payment.stand_in_conduct import CLOSED, DECLINED, OK
from fenqi.gateways.signature import signed_headers
from fenqi.services.hear_of_payment import hear_answer
from fenqi.stores import payment as payments
from world import ADDRESS, EVERY_BUCKET, PRICE_MINOR, Bought, World, refusal

pytestmark = pytest.mark.anyio

NOTICES = f"{ADDRESS}/channel/notices"


def channel_of(world: World) -> StandInChannel:
    channel = world.installation.payment
    assert isinstance(channel, StandInChannel)
    return channel


async def borrower(world: World, account_token: str = "tok_ok") -> Bought:
    return await world.lent(world.shopper(account_token=f"{account_token}_{uuid4().hex[:8]}"))


async def pay(bought: Bought, *, amount_minor: int | None = 50_000, request_id: str = "request-1") -> dict[str, Any]:
    return await bought.shopper.pay(bought.loan_id, amount_minor=amount_minor, request_id=request_id)


async def notice_of(world: World, order_id: str, *, created_at: datetime | None = None) -> SignedNotice:
    found = await channel_of(world).notice_of(UUID(order_id), url=NOTICES, created_at=created_at or datetime.now(UTC))
    assert found
    return found


async def posted(world: World, notice: SignedNotice, **changed: Any) -> httpx.Response:
    return await world.http.post(
        notice.url, content=changed.get("body", notice.body), headers=changed.get("headers", dict(notice.headers))
    )


async def paid_minor(bought: Bought) -> int:
    loan = await bought.shopper.loan(bought.loan_id)
    return sum(row["paid"]["total_minor"] for row in loan["instalments"])


def movements(world: World, order_id: str) -> int:
    """How often the channel's own book took the order."""
    lines = (world.home / "stand-in" / "payments.jsonl").read_text().splitlines()
    written = [json.loads(line) for line in lines]
    return sum(each.get("order", {}).get("order_id") == order_id and "channel_reference" in each for each in written)


async def resolve(world: World) -> int:
    world.business.move(timedelta(seconds=31))
    return await ask_unresolved(world.installation, lane=EVERY_BUCKET)


async def test_a_payment_asked_for_twice_is_one_payment(world: World):
    bought = await borrower(world)

    first, again = await pay(bought), await pay(bought)

    assert first == again | {"state": "succeeded"}
    assert (await paid_minor(bought), movements(world, first["order_id"])) == (50_000, 1)


async def test_payments_asked_for_at_one_instant_are_one_payment(world: World):
    bought = await borrower(world)

    answers = await asyncio.gather(*(pay(bought) for _ in range(4)))

    assert len({each["order_id"] for each in answers}) == 1
    assert (await paid_minor(bought), movements(world, answers[0]["order_id"])) == (50_000, 1)


async def test_the_same_request_with_another_amount_is_refused(world: World):
    bought = await borrower(world)
    await pay(bought)
    headers = {"authorization": f"Bearer {bought.shopper.token}"}

    for amount_minor in (50_001, None):
        body = {"amount_minor": amount_minor, "request_id": "request-1"}
        response = await world.http.post(f"/h5/loans/{bought.loan_id}/repayments", json=body, headers=headers)
        assert refusal(response) == (409, "repayment_differs")


async def test_no_more_is_taken_than_the_loan_can_take(world: World):
    bought = await borrower(world)
    owed = (await bought.shopper.loan(bought.loan_id))["outstanding"]["total_minor"]
    body = {"amount_minor": owed + 1, "request_id": "too-much-1"}

    response = await world.http.post(
        f"/h5/loans/{bought.loan_id}/repayments",
        json=body,
        headers={"authorization": f"Bearer {bought.shopper.token}"},
    )

    assert refusal(response) == (409, "repayment_above_owed")
    assert response.json()["refusal"]["allowed"] == f"at most {owed}"


async def test_a_declined_debit_changes_nothing_but_is_known(world: World):
    bought = await borrower(world, "tok_declined")

    answer = await pay(bought)

    assert (answer["state"], await paid_minor(bought)) == ("failed", 0)
    assert (await pay(bought))["state"] == "failed"


async def test_a_closed_loan_takes_nothing_more(world: World):
    bought = await borrower(world)
    await pay(bought, amount_minor=None, request_id="all-of-it")
    headers = {"authorization": f"Bearer {bought.shopper.token}"}

    for amount_minor in (None, 100):
        body = {"amount_minor": amount_minor, "request_id": f"more-{amount_minor}"}
        response = await world.http.post(f"/h5/loans/{bought.loan_id}/repayments", json=body, headers=headers)
        assert refusal(response) == (409, "nothing_owed")


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


async def test_an_order_that_was_lost_on_its_way_is_asked_about_and_moves_once(world: World):
    bought = await borrower(world, "tok_lost")
    order = await pay(bought)
    assert order["state"] == "unknown"

    assert await resolve(world) >= 1

    assert (await paid_minor(bought), movements(world, order["order_id"])) == (50_000, 1)


async def test_a_death_before_the_sending_leaves_an_order_that_is_sent_once(
    world: World, monkeypatch: pytest.MonkeyPatch
):
    bought = await borrower(world)

    async def dies(*_: Any) -> Answer:
        raise RuntimeError("the process dies before anything leaves")

    monkeypatch.setattr(sending, "_send", dies)
    with pytest.raises(Exception, match="500"):
        await pay(bought)
    monkeypatch.undo()

    again = await pay(bought)
    assert (again["state"], await paid_minor(bought)) == ("requested", 0)
    assert await resolve(world) >= 1
    assert (await pay(bought))["state"] == "succeeded"
    assert (await paid_minor(bought), movements(world, again["order_id"])) == (50_000, 1)


async def test_a_death_between_the_channels_answer_and_its_booking_books_it_once(
    world: World, monkeypatch: pytest.MonkeyPatch
):
    bought = await borrower(world)

    async def dies(*_: Any, **__: Any) -> str:
        raise RuntimeError("the process dies with the answer in its hands")

    monkeypatch.setattr(sending, "_hear", dies)
    with pytest.raises(Exception, match="500"):
        await pay(bought)
    monkeypatch.undo()

    again = await pay(bought)
    assert (again["state"], await paid_minor(bought), movements(world, again["order_id"])) == ("requested", 0, 1)
    resolved = await asyncio.gather(*(resolve(world) for _ in range(3)))
    assert sum(resolved) >= 1
    assert (await paid_minor(bought), movements(world, again["order_id"])) == (50_000, 1)
    assert await world.findings() == []


async def test_a_death_within_the_booking_forgets_the_answer_until_it_is_asked_for_again(
    world: World, monkeypatch: pytest.MonkeyPatch
):
    bought = await borrower(world)
    really = payments.conclude

    async def dies(*given: Any, **named: Any) -> None:
        await really(*given, **named)
        raise RuntimeError("the process dies within the transaction")

    monkeypatch.setattr(payments, "conclude", dies)
    with pytest.raises(Exception, match="500"):
        await pay(bought)
    monkeypatch.undo()

    assert (await pay(bought))["state"] == "requested"
    await resolve(world)
    assert await paid_minor(bought) == 50_000


async def test_one_order_that_cannot_be_dealt_with_does_not_keep_the_others(
    world: World, monkeypatch: pytest.MonkeyPatch
):
    stuck, other = await borrower(world, "tok_lost"), await borrower(world, "tok_lost")
    await pay(stuck)
    await pay(other)
    really = world.installation.payment.query

    async def asked(order_id: UUID) -> Answer:
        answer = await really(order_id)
        if str(order_id) == stuck_id:
            raise Unavailable("no answer about this one", retry=True)
        return answer

    stuck_id = (await pay(stuck))["order_id"]
    monkeypatch.setattr(world.installation.payment, "query", asked)
    assert await resolve(world) >= 1

    assert (await paid_minor(stuck), await paid_minor(other)) == (0, 50_000)
    monkeypatch.undo()
    await resolve(world)


async def test_a_channel_that_cannot_be_reached_is_asked_later(world: World):
    bought = await borrower(world, "tok_unreachable")
    signed_token = bought.shopper.account_token

    order = await pay(bought)
    assert (order["state"], await resolve(world), await paid_minor(bought)) == ("requested", 0, 0)

    await channel_of(world).set_conduct(signed_token, OK)
    assert await resolve(world) == 1
    assert (await paid_minor(bought), movements(world, order["order_id"])) == (50_000, 1)


async def test_a_channel_that_says_the_opposite_of_before_is_not_believed(world: World):
    bought = await borrower(world)
    order_id = UUID((await pay(bought))["order_id"])
    failed = Answer(Outcome.FAILED, "", "reversed", "", None, "stand-in", is_stand_in=True)

    async with world.installation.transaction() as connection:
        with pytest.raises(PaymentContradicted):
            await hear_answer(connection, world.installation.ports, order_id=order_id, answer=failed, how="query")

    assert await paid_minor(bought) == 50_000


async def test_two_payoffs_under_way_at_once_close_the_loan_and_the_second_goes_back(world: World):
    bought = await borrower(world, "tok_unknown_then_ok")
    first = await pay(bought, amount_minor=None, request_id="payoff-a")
    second = await pay(bought, amount_minor=None, request_id="payoff-b")
    assert first["amount_minor"] == second["amount_minor"] == PRICE_MINOR

    for order in (first, second):
        await posted(world, await notice_of(world, order["order_id"]))

    loan = await bought.shopper.loan(bought.loan_id)
    assert (loan["outstanding"]["total_minor"], loan["overpaid_minor"]) == (0, PRICE_MINOR)
    await channel_of(world).set_conduct(bought.shopper.account_token, OK)
    await resolve(world)
    loan = await bought.shopper.loan(bought.loan_id)
    assert (loan["status"], loan["overpaid_minor"]) == ("closed", 0)
    assert await world.findings() == []


async def test_what_refunds_leave_overpaid_goes_back_once_although_they_come_in_parts(world: World):
    bought = await borrower(world)
    await pay(bought, amount_minor=None, request_id="all-of-it")

    await world.refund(bought, amount_minor=100_000)
    await world.refund(bought, amount_minor=200_000)
    loan = await bought.shopper.loan(bought.loan_id)
    assert loan["overpaid_minor"] == 300_000
    await resolve(world)

    loan = await bought.shopper.loan(bought.loan_id)
    assert (loan["status"], loan["overpaid_minor"]) == ("closed", 0)
    assert await returned_minor(world, bought) == 300_000
    assert await world.findings() == []


async def returned_minor(world: World, bought: Bought) -> int:
    loan_id = UUID(bought.loan_id)
    async with world.installation.transaction() as connection:
        orders = await payments.of_loan(connection, b=loan_id.bytes[-1], loan_id=loan_id)
    return sum(
        order.amount_minor for order in orders if (order.purpose, order.state) == ("return_overpayment", "succeeded")
    )


async def test_money_that_could_not_be_returned_is_returned_with_the_next(world: World):
    bought = await borrower(world)
    await pay(bought, amount_minor=None, request_id="all-of-it")
    await channel_of(world).set_conduct(bought.shopper.account_token, CLOSED)
    await world.refund(bought, amount_minor=100_000)
    await resolve(world)
    assert (await bought.shopper.loan(bought.loan_id))["overpaid_minor"] == 100_000

    await channel_of(world).set_conduct(bought.shopper.account_token, OK)
    await world.refund(bought, amount_minor=50_000)
    await resolve(world)

    assert await returned_minor(world, bought) == 150_000
    assert (await bought.shopper.loan(bought.loan_id))["status"] == "closed"


async def test_a_payment_counts_on_the_day_it_was_asked_for(world: World):
    bought = await borrower(world, "tok_unknown_then_ok")
    await world.close_days(30)
    due = (await bought.shopper.loan(bought.loan_id))["instalments"][0]
    assert due["due_on"] == world.business.today().isoformat()
    order = await pay(bought, amount_minor=due["due"]["total_minor"])
    await world.close_days(3)
    assert (await bought.shopper.loan(bought.loan_id))["days_past_due"] == 3

    await posted(world, await notice_of(world, order["order_id"]))

    loan = await bought.shopper.loan(bought.loan_id)
    assert (loan["days_past_due"], loan["instalments"][0]["due"]["penalty_minor"]) == (0, 0)
    assert loan["instalments"][0]["paid_on"] == due["due_on"]
    assert await world.findings() == []


async def test_a_payout_that_failed_is_paid_again_and_never_twice(world: World):
    await borrower(world)
    token = "tok_ok_merchant"
    await channel_of(world).set_conduct(token, DECLINED)
    failed = await world.settle()
    assert failed["payout"]["state"] == "failed"
    await channel_of(world).set_conduct(token, OK)

    again, once_more = await world.settle(), await world.settle()

    assert again["settlement_id"] == failed["settlement_id"]
    assert (again["payout"]["state"], again["payout"]["amount_minor"]) == ("succeeded", failed["paid_minor"])
    assert again["payout"]["order_id"] != failed["payout"]["order_id"]
    assert once_more == again
    assert await world.findings() == []


async def test_goods_given_back_while_a_payoff_is_under_way_return_the_payoff(world: World):
    bought = await borrower(world, "tok_unknown_then_ok")
    order = await pay(bought, amount_minor=None, request_id="all-of-it")
    await world.refund(bought, amount_minor=PRICE_MINOR)
    assert (await bought.shopper.loan(bought.loan_id))["status"] == "closed"

    await posted(world, await notice_of(world, order["order_id"]))
    assert (await bought.shopper.loan(bought.loan_id))["overpaid_minor"] == PRICE_MINOR
    await channel_of(world).set_conduct(bought.shopper.account_token, OK)
    await resolve(world)

    assert (await bought.shopper.loan(bought.loan_id))["status"] == "closed"
    assert await returned_minor(world, bought) == PRICE_MINOR
    assert await world.findings() == []
