"""A borrower in difficulty: asked in one step, held at once, answered in time, signed, changed, observed."""

import base64
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest

from fenqi.batch.debit_due import debit_due
from fenqi.batch.send_notice import send_due_notices
from fenqi.batch.watch_hardship import watch_hardship
from fenqi.services import watch_hardship as watching
from fenqi.simulation.caller import Colleague, Json, Shopper
from holding import called, late, penalty
from paying import borrower, paid_minor, sign_mandate, two_loans
from world import EVERY_BUCKET, Bought, World, refusal

pytestmark = pytest.mark.anyio
PNG = base64.b64encode(b"\x89PNG\r\n\x1a\n" + bytes(40)).decode()
STATED: Json = {
    "cause": "job_loss",
    "text": "工厂停工了",
    "monthly_income_minor": 300_000,
    "monthly_living_minor": 200_000,
    "monthly_debts_minor": 20_000,
}


async def ask(bought: Bought, **changed: Any) -> Json:
    return await bought.shopper.post("/h5/hardship", STATED | {"request_id": uuid4().hex} | changed)


async def refused(world: World, caller: Shopper | Colleague, path: str, body: Json | None = None) -> tuple[int, str]:
    answer: httpx.Response = await world.http.post(
        path, json=body or {}, headers={"authorization": f"Bearer {caller.token}"}
    )
    return refusal(answer)


async def watch(world: World) -> None:
    await watch_hardship(world.installation, lane=EVERY_BUCKET)


async def offer(world: World, request: Json, *options: str) -> Json:
    collector = await world.colleague("collector")
    body = {"option_ids": list(options), "reason": "收入下降，两种方案都能负担"}
    return await collector.post(f"/staff/hardship/{request['request_id']}/offer", body)


async def sign(world: World, bought: Bought, request: Json, option_id: str) -> Json:
    path = f"/h5/hardship/{request['request_id']}"
    shown = await bought.shopper.post(f"{path}/showings", {"option_id": option_id, "language": "zh-CN"})
    world.pass_time(timedelta(seconds=shown["read_seconds_min"]))
    world.wall.move(timedelta(seconds=61))
    sent = await bought.shopper.post(f"{path}/codes", {"showing_id": shown["showing_id"]})
    body = {
        "showing_id": shown["showing_id"],
        "code_id": sent["code_id"],
        "digits": bought.shopper.inbox(bought.shopper.mobile),
        "signed_sha256": shown["sha256"],
    }
    return await bought.shopper.post(f"{path}/signature", body)


async def test_asking_holds_everything_at_once_and_is_confirmed(world: World) -> None:
    bought = await borrower(world)
    await sign_mandate(world, bought.shopper)
    await late(world, bought, days=3)
    stood = await penalty(world, bought)
    request = await ask(bought)
    await send_due_notices(world.installation, lane=EVERY_BUCKET)
    await world.close_days(3)

    assert request["state"] == "asked"
    assert await penalty(world, bought) == stood
    assert await called(world, bought) == (422, "contact_stopped")
    await debit_due(world.installation, lane=EVERY_BUCKET)
    assert await paid_minor(bought) == 0
    inbox = (await bought.shopper.get("/h5/inbox"))["messages"]
    assert request["answer_due_on"] in inbox[0]["text"]


async def test_a_way_out_is_worked_out_offered_signed_and_makes_the_loan_current(world: World) -> None:
    bought = await borrower(world)
    await late(world, bought, days=20)
    request = await ask(bought)
    collector = await world.colleague("collector")
    desk = await collector.get(f"/staff/hardship/{request['request_id']}")
    options = {each["option_id"]: each for each in desk["options"]}
    await offer(world, request, "lower_instalments:12", "deferral:1")
    agreed = await sign(world, bought, request, "lower_instalments:12")

    loan = await bought.shopper.loan(bought.loan_id)
    chosen = options["lower_instalments:12"]
    assert desk["stated"]["room_minor"] == 80_000
    assert chosen["is_affordable"]
    assert not chosen["withheld"]
    assert chosen["extra_cost_minor"] > 0
    assert float(chosen["annual_share"]) <= 0.24
    assert (agreed["state"], agreed["agreed_option"]) == ("agreed", "lower_instalments:12")
    assert date.fromisoformat(agreed["observed_until"]) >= world.business.today() + timedelta(days=365)
    assert loan["days_past_due"] == 0
    assert loan["outstanding"]["total_minor"] == chosen["to_pay_minor"]
    due = [row for row in loan["instalments"] if row["outstanding_minor"]]
    assert [row["outstanding_minor"] for row in due] == [row["total_minor"] for row in chosen["parts"][0]["rows"]]
    assert b"<html" in await bought.shopper.document(agreed["document_id"])
    assert await called(world, bought) is None
    assert await world.findings() == []


@pytest.mark.parametrize("option_id", ["deferral:3", "re_age:0", "lower_rate:0.5"])
async def test_what_is_signed_is_what_was_worked_out(world: World, option_id: str) -> None:
    first, second = await two_loans(world)
    await late(world, second, days=35)
    request = await ask(first)
    desk = await offer(world, request, option_id)
    (chosen,) = [each for each in desk["options"] if each["option_id"] == option_id]
    await sign(world, first, request, option_id)

    owed = 0
    for bought in (first, second):
        loan = await first.shopper.loan(bought.loan_id)
        owed += loan["outstanding"]["total_minor"]
        assert loan["days_past_due"] == 0
    assert owed == chosen["to_pay_minor"]
    assert await world.findings() == []


async def test_each_no_has_its_name(world: World) -> None:
    bought = await borrower(world)
    other = await borrower(world)
    request = await ask(bought)
    path = f"/h5/hardship/{request['request_id']}"
    again = STATED | {"request_id": uuid4().hex}
    assert await refused(world, bought.shopper, "/h5/hardship", again) == (409, "hardship_open")
    assert len((await bought.shopper.get("/h5/hardship"))["requests"]) == 1
    assert await refused(world, other.shopper, f"{path}/withdrawal") == (404, "hardship_unknown")
    wanted = {"option_id": "deferral:1"}
    assert await refused(world, bought.shopper, f"{path}/showings", wanted) == (409, "hardship_not_offered")
    collector = await world.colleague("collector")
    offered = {"option_ids": ["deferral:99"], "reason": "not there at all"}
    desk = f"/staff/hardship/{request['request_id']}"
    assert await refused(world, collector, f"{desk}/offer", offered) == (422, "hardship_option_withheld")
    withdrawn = await bought.shopper.post(f"{path}/withdrawal", {})
    assert withdrawn["state"] == "withdrawn"
    assert await refused(world, bought.shopper, f"{path}/withdrawal") == (409, "hardship_over")
    assert await refused(world, collector, f"{desk}/refusal", {"reason": "too late"}) == (409, "hardship_over")
    once = await ask(bought, request_id="the-same-request")
    assert (await ask(bought, request_id="the-same-request"))["request_id"] == once["request_id"]


async def test_nobody_who_owes_nothing_is_in_difficulty_with_us(world: World) -> None:
    bought = await borrower(world)
    await bought.shopper.pay(bought.loan_id, amount_minor=None, request_id="everything-1")
    body = STATED | {"request_id": uuid4().hex}
    assert await refused(world, bought.shopper, "/h5/hardship", body) == (409, "hardship_nothing_owed")


async def test_papers_are_sealed_and_a_look_at_one_is_kept(world: World) -> None:
    bought = await borrower(world)
    request = await ask(bought)
    path = f"/h5/hardship/{request['request_id']}/papers"
    paper = {"name": "停工证明.png", "media_type": "image/png", "content_base64": PNG}
    shown = await bought.shopper.post(path, paper)
    wrong = paper | {"media_type": "application/pdf"}
    assert await refused(world, bought.shopper, path, wrong) == (400, "paper_unreadable")
    collector, compliance = await world.colleague("collector"), await world.colleague("compliance")
    paper_id = shown["papers"][0]["paper_id"]
    headers = {"authorization": f"Bearer {collector.token}"}
    opened = await world.http.get(f"/staff/papers/{paper_id}", headers=headers)

    assert opened.content == base64.b64decode(PNG)
    assert "attachment" in opened.headers["content-disposition"]
    audit = (await compliance.get("/staff/audit"))["audit"]
    assert "looked_at_paper" in {line["action"] for line in audit}


async def test_time_passes_a_request_on_lets_an_offer_lapse_and_ends_an_observation(world: World) -> None:
    bought = await borrower(world)
    request = await ask(bought)
    collector = await world.colleague("collector")
    path = f"/staff/hardship/{request['request_id']}"
    world.pass_time(timedelta(days=6))
    await watch(world)
    assert (await collector.get(path))["level"] == "lead"
    await offer(world, request, "deferral:1")
    world.pass_time(timedelta(days=12))
    await watch(world)
    assert (await collector.get(path))["state"] == "lapsed"

    again = await ask(bought)
    await offer(world, again, "deferral:3")
    await sign(world, bought, again, "deferral:3")
    world.pass_time(timedelta(days=500))
    await watch(world)
    assert (await collector.get(f"/staff/hardship/{again['request_id']}"))["state"] == "broken"


async def test_the_same_ways_out_with_more_time_are_announced_again(world: World) -> None:
    bought = await borrower(world)
    request = await ask(bought)
    for _ in range(2):
        world.pass_time(timedelta(days=1))
        await offer(world, request, "deferral:1")
        await send_due_notices(world.installation, lane=EVERY_BUCKET)

    texts = [message["text"] for message in (await bought.shopper.get("/h5/inbox"))["messages"]]
    offered = [text for text in texts if "还款调整方案" in text]
    assert len(set(offered)) == 2


async def test_a_request_that_fails_keeps_no_other_waiting(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = [await ask(await borrower(world)) for _ in range(3)]
    ids = sorted((each["request_id"] for each in asked), key=lambda each: (each[-2:], each))
    world.pass_time(timedelta(days=6))
    lock = watching.lock_request

    async def fails(connection, *, request_id):
        if str(request_id) == ids[1]:
            raise LookupError("its row is not as it should be")
        return await lock(connection, request_id=request_id)

    monkeypatch.setattr(watching, "lock_request", fails)
    await watch(world)
    collector = await world.colleague("collector")

    levels = [(await collector.get(f"/staff/hardship/{each}"))["level"] for each in ids]
    assert levels == ["lead", "agent", "lead"]
    monkeypatch.undo()
    await watch(world)
    assert (await collector.get(f"/staff/hardship/{ids[1]}"))["level"] == "lead"


async def test_a_plan_that_moved_on_is_not_signed(world: World) -> None:
    bought = await borrower(world)
    request = await ask(bought)
    await offer(world, request, "deferral:1")
    path = f"/h5/hardship/{request['request_id']}"
    shown = await bought.shopper.post(f"{path}/showings", {"option_id": "deferral:1", "language": "en"})
    early = {"showing_id": shown["showing_id"]}
    assert await refused(world, bought.shopper, f"{path}/codes", early) == (422, "reading_time_not_over")
    world.pass_time(timedelta(seconds=shown["read_seconds_min"]))
    world.wall.move(timedelta(seconds=61))
    sent = await bought.shopper.post(f"{path}/codes", early)
    digits = bought.shopper.inbox(bought.shopper.mobile)
    await bought.shopper.pay(bought.loan_id, amount_minor=10_000, request_id="in-between-1")
    body = early | {"code_id": sent["code_id"], "digits": digits, "signed_sha256": shown["sha256"]}
    assert await refused(world, bought.shopper, f"{path}/signature", body) == (409, "hardship_plan_stale")


async def test_an_agent_asks_for_a_customer_on_the_phone(world: World) -> None:
    bought = await borrower(world)
    collector = await world.colleague("collector")
    loan = await collector.get(f"/staff/loans/{bought.loan_id}/file")
    body = STATED | {"request_id": uuid4().hex, "customer_id": loan["customer_id"]}
    asked = await collector.post("/staff/hardship", body)
    waiting = await collector.get("/staff/hardship")
    refused_one = await collector.post(
        f"/staff/hardship/{asked['request_id']}/refusal", {"reason": "收入足以按原计划还款"}
    )

    assert asked["asked_by"] == "collector"
    assert asked["request_id"] in {line["request_id"] for line in waiting["requests"]}
    assert refused_one["state"] == "refused"
    assert (await bought.shopper.get("/h5/hardship"))["requests"][0]["reason"] == "收入足以按原计划还款"
