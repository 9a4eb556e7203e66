"""Frozen orders over HTTP: nobody goes on with one; people let it go on, two of them where much is at stake."""

import random
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from fenqi.simulation.caller import Colleague, Json, Shopper
from fenqi.stores import model
from fenqi.stores.model import MODELS, model_path
from fenqi.wiring import shipped_authority
from fenqi.workers.loop import step_all
from world import Bought, World, refusal

pytestmark = pytest.mark.anyio
CHEAP_MINOR, DEAR_MINOR = 199_900, 599_900
ANSWER: Json = {"verdict": "release", "reason": "called them, all is well", "found": "sound"}


@pytest.fixture
def world(town: World) -> World:
    """An installation of the test's own: what others ordered would be counted."""
    return town


def on_device(shopper: Shopper, device: str = "device-of-the-ring-1") -> Shopper:
    shopper.device = device
    return shopper


async def order(world: World, who: Shopper, *, price_minor: int = CHEAP_MINOR) -> Bought:
    return await world.decided(on_device(who), price_minor=price_minor)


async def frozen(world: World, *, price_minor: int = CHEAP_MINOR) -> Bought:
    """The fourth person who orders from one device."""
    statuses = [(await order(world, world.shopper())).decision["status"] for _ in range(3)]
    assert statuses == ["approved", "approved", "challenged"], "the score sees it before the rule does"
    bought = await order(world, world.shopper(), price_minor=price_minor)
    assert bought.decision["status"] == "frozen", bought.decision
    return bought


async def refused(world: World, who: Colleague, path: str, body: object = None) -> tuple[int, str]:
    headers = {"authorization": f"Bearer {who.token}"}
    return refusal(await world.http.post(path, json=body or {}, headers=headers))


def answers(bought: Bought) -> str:
    return f"/staff/decisions/{bought.decision['decision_id']}/freeze-answers"


async def test_the_fourth_person_on_one_device_is_checked_by_a_person_and_told_so_calmly(world: World):
    bought = await frozen(world)

    assert bought.decision["outcome"] == "refer"
    assert [reason["code"] for reason in bought.decision["reasons"]] == ["being_checked"]
    assert bought.decision["offers"] == []
    progress = await bought.shopper.get(f"/h5/checkouts/{bought.checkout_id}/progress")
    assert (progress["status"], progress["step"]) == ("frozen", "frozen")
    reviewer = await world.colleague("reviewer")
    (case,) = (await reviewer.get("/staff/cases?kind=frozen"))["cases"]
    assert case["pivot_key"] == "device"
    whole = await reviewer.get(f"/staff/decisions/{bought.decision['decision_id']}")
    assert whole["content"]["screening"]["action"] == "freeze"
    assert whole["content"]["credit"]["outcome"] == "approve"
    assert whole["content"]["screening"]["model"]["version"] == world.installation.ports.authority.fraud.version
    risk = await world.colleague("risk")
    replay = await risk.get(f"/staff/decisions/{bought.decision['decision_id']}/replay")
    assert replay["same_bytes"]


@pytest.mark.parametrize("fault", ["gone", "altered"])
async def test_without_a_usable_score_nobody_is_approved_unseen(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: str
):
    if fault == "altered":
        (tmp_path / "fraud.json").write_bytes(
            model_path("fraud").read_bytes().replace(b"customer_count_1m", b"customer_count_1y")
        )
    monkeypatch.setattr(
        model, "model_path", lambda name: tmp_path / f"{name}.json" if name == "fraud" else MODELS / f"{name}.json"
    )
    ports = replace(world.installation.ports, authority=shipped_authority())
    world.app.state.installation = replace(world.installation, ports=ports)

    bought = await order(world, world.shopper())

    assert (bought.decision["status"], bought.decision["step_up"]) == ("challenged", "code")
    assert bought.decision["outcome"] == "refer"


async def test_one_person_releases_what_is_cheap_and_it_is_bought(world: World):
    bought = await frozen(world)
    reviewer = await world.colleague("reviewer")

    said = await reviewer.post(answers(bought), ANSWER)

    assert (said["checkout_status"], said["people_said"], said["people_needed"]) == ("approved", 1, 1)
    bought.decision = await bought.shopper.get(f"/h5/checkouts/{bought.checkout_id}/decision")
    bought.shown = await bought.shopper.choose(bought.checkout_id, offer_id="instalment:12")
    await read_and_sign(world, bought)
    assert (await world.capture(bought))["status"] == "captured"
    assert (await reviewer.get("/staff/cases"))["cases"] == []
    assert await world.findings() == []


async def test_two_people_release_what_is_dear(world: World):
    bought = await frozen(world, price_minor=DEAR_MINOR)
    reviewer, risk = await world.colleague("reviewer"), await world.colleague("risk")
    await reviewer.post("/staff/cases/next", {})

    first = await reviewer.post(answers(bought), ANSWER)

    assert (first["checkout_status"], first["people_said"], first["people_needed"]) == ("frozen", 1, 2)
    assert await refused(world, reviewer, answers(bought), ANSWER) == (403, "freeze_answered_by_you")
    review = f"/staff/decisions/{bought.decision['decision_id']}/reviews"
    body = {"verdict": "approve", "reason": "around the other eyes"}
    assert await refused(world, reviewer, review, body) == (409, "checkout_frozen")
    assert len((await reviewer.get("/staff/decisions?unanswered=true"))["decisions"]) == 1
    second = await risk.post(answers(bought), ANSWER)
    assert (second["checkout_status"], second["people_said"]) == ("approved", 2)
    assert (await reviewer.get("/staff/decisions?unanswered=true"))["decisions"] == []
    told = (await risk.get(f"/staff/decisions/{bought.decision['decision_id']}/freeze"))["freeze"]
    assert [one["login"] for one in told["answers"]] == ["reviewer", "risk"]


async def test_one_person_is_enough_to_end_it_and_fraud_is_remembered(world: World):
    bought = await frozen(world)
    reviewer = await world.colleague("reviewer")

    ended = await reviewer.post(answers(bought), ANSWER | {"verdict": "reject", "found": "fraud"})

    assert ended["checkout_status"] == "declined"
    again = await order(world, world.shopper())
    assert (again.decision["status"], again.decision["reasons"][0]["code"]) == ("declined", "security_check")
    assert await refused(world, reviewer, answers(bought), ANSWER) == (409, "checkout_not_frozen")


async def test_a_frozen_order_that_nobody_answers_ends_by_itself(world: World):
    bought = await frozen(world)
    reviewer = await world.colleague("reviewer")
    (case,) = (await reviewer.get("/staff/cases?kind=frozen"))["cases"]

    for _ in range(25):
        world.business.move(timedelta(hours=1))
    await step_all(world.installation)

    progress = await world.shop.get(f"/v1/checkouts/{bought.checkout_id}")
    assert progress["status"] == "expired"
    assert (await reviewer.get(f"/staff/cases/{case['case_id']}"))["disposition"] == "timed_out"


async def test_no_sequence_of_requests_captures_a_frozen_order(world: World):
    bought = await world.signed(on_device(world.shopper(), "device-of-nobody-else"))
    await freeze_by_people(world, bought)
    chance = random.Random(5)
    for _ in range(40):
        response = await chance.choice(REQUESTS)(world, bought)
        assert response.status_code >= 400, response.text
        status = (await world.shop.get(f"/v1/checkouts/{bought.checkout_id}"))["status"]
        assert status == "frozen"

    assert (await bought.shopper.get("/h5/loans"))["loans"] == []


async def test_what_people_froze_after_the_signature_goes_on_from_there(world: World):
    bought = await world.signed(on_device(world.shopper(), "device-of-nobody-else"), price_minor=CHEAP_MINOR)
    await freeze_by_people(world, bought)
    reviewer = await world.colleague("reviewer")

    said = await reviewer.post(answers(bought), ANSWER)

    assert said["checkout_status"] == "authorised"
    assert (await world.capture(bought))["status"] == "captured"


async def test_a_ring_is_shown_and_one_act_reaches_its_orders_one_by_one(world: World):
    bought = await frozen(world)
    reviewer = await world.colleague("reviewer")
    case = await reviewer.post("/staff/cases/next", {})
    ring = await reviewer.get(f"/staff/cases/{case['case_id']}/ring")

    assert len(ring["people"]) == 4
    assert {tie["key"] for tie in ring["ties"]} == {"device"}
    assert sum(person["is_frozen"] for person in ring["people"]) == 0, "the one the case is about is no tie of theirs"
    ids = [line["decision_id"] for line in ring["orders"]]
    body = {"act": "freeze", "reason": "one device, four people", "decision_ids": [*ids, world.shop.merchant_id.hex]}
    acted = (await reviewer.post(f"/staff/cases/{case['case_id']}/ring-acts", body))["orders"]

    by_id = {line["decision_id"]: line for line in acted}
    own = by_id.pop(bought.decision["decision_id"])
    assert own["refusal"]["code"] == "checkout_frozen"
    outside = by_id.pop(str(world.shop.merchant_id))
    assert outside["refusal"]["code"] == "order_outside_ring"
    assert {line["checkout_status"] for line in by_id.values()} == {"frozen"}


async def test_a_linked_order_of_another_level_is_refused(world: World):
    await frozen(world)
    reviewer, risk = await world.colleague("reviewer"), await world.colleague("risk")
    case = await reviewer.post("/staff/cases/next", {})
    ring = await reviewer.get(f"/staff/cases/{case['case_id']}/ring")
    await reviewer.post(f"/staff/cases/{case['case_id']}/escalation", {"text": "this looks like a gang"})
    ids = [line["decision_id"] for line in ring["orders"]]
    body: Json = {"act": "reject", "reason": "all of one gang", "found": "fraud", "decision_ids": ids}

    acted = (await reviewer.post(f"/staff/cases/{case['case_id']}/ring-acts", body))["orders"]

    assert "case_not_yours" in {line["refusal"]["code"] for line in acted if line["refusal"]}
    acted = (await risk.post(f"/staff/cases/{case['case_id']}/ring-acts", body))["orders"]
    assert "declined" in {line["checkout_status"] for line in acted}


async def test_a_rule_that_sleeps_for_a_device_lets_a_family_order(world: World):
    bought = await frozen(world)
    risk = await world.colleague("risk")
    told = (await risk.get(f"/staff/decisions/{bought.decision['decision_id']}/freeze"))["freeze"]
    body = {"rule_code": "device_shared", "pivot_key": "device", "pivot_value": told["pivot_value"], "days": 7}
    assert await refused(
        world, risk, "/staff/snoozes", body | {"rule_code": "moon", "reason": "a family's tablet"}
    ) == (
        404,
        "screening_rule_unknown",
    )

    rules = ("device_shared", "model_high", "model_raised")
    for rule in rules:
        await risk.post("/staff/snoozes", body | {"rule_code": rule, "reason": "a family's tablet"})

    sibling = await order(world, world.shopper())
    assert sibling.decision["status"] == "approved"
    listed = await risk.get("/staff/snoozes")
    asleep = {one["rule_code"]: one["rule_snooze_id"] for one in listed["snoozes"] if one["is_asleep"]}
    assert set(asleep) == set(rules) <= {one["rule_code"] for one in listed["rules"]}

    why = {"reason": "no family at all"}
    woken = await risk.post(f"/staff/snoozes/{asleep['device_shared']}/end", why)

    assert (woken["is_asleep"], woken["ended_by"], woken["end_reason"]) == (False, "risk", "no family at all")
    assert (await order(world, world.shopper())).decision["status"] == "frozen"
    assert await refused(world, risk, f"/staff/snoozes/{asleep['device_shared']}/end", why) == (409, "snooze_over")
    unknown = f"/staff/snoozes/{bought.decision['decision_id']}/end"
    assert await refused(world, risk, unknown, why) == (404, "snooze_unknown")


async def test_a_frozen_shopper_may_ask_for_a_person(world: World):
    bought = await frozen(world)
    await bought.shopper.post(f"/h5/checkouts/{bought.checkout_id}/reviews", {"reason": "we share a tablet"})
    shown = await bought.shopper.get(f"/h5/checkouts/{bought.checkout_id}/decision")
    assert (shown["person_asked"], shown["status"]) == (True, "frozen")


async def read_and_sign(world: World, bought: Bought) -> None:
    world.pass_time(timedelta(seconds=bought.shown["read_seconds_min"]))
    await bought.shopper.sign(bought.checkout_id, shown=bought.shown)


async def freeze_by_people(world: World, bought: Bought) -> None:
    """Somebody asks for a person; who looks sees the ring, and freezes."""
    await bought.shopper.post(f"/h5/checkouts/{bought.checkout_id}/reviews", {"reason": "was that me?"})
    reviewer = await world.colleague("reviewer")
    case = await reviewer.post("/staff/cases/next", {})
    body = {"act": "freeze", "reason": "it was not them", "decision_ids": [bought.decision["decision_id"]]}
    (line,) = (await reviewer.post(f"/staff/cases/{case['case_id']}/ring-acts", body))["orders"]
    assert line["checkout_status"] == "frozen", line
    await reviewer.post(f"/staff/cases/{case['case_id']}/release", {})


def as_shopper(path: str, body: Json) -> Callable[[World, Bought], Awaitable[httpx.Response]]:
    async def ask(world: World, bought: Bought) -> httpx.Response:
        headers = {"authorization": f"Bearer {bought.shopper.token}"}
        filled = {key: bought.shown["shown_id"] if value == "SHOWN" else value for key, value in body.items()}
        return await world.http.post(f"/h5/checkouts/{bought.checkout_id}/{path}", json=filled, headers=headers)

    return ask


def as_shop(path: str) -> Callable[[World, Bought], Awaitable[httpx.Response]]:
    async def ask(world: World, bought: Bought) -> httpx.Response:
        headers = world.shop.headers | {"idempotency-key": str(world.installation.ports.new_id())}
        return await world.http.post(f"/v1/checkouts/{bought.checkout_id}/{path}", json={}, headers=headers)

    return ask


DIGITS: Json = {"code_id": "0197a000-0000-7000-8000-00000000c001", "digits": "123456"}
REQUESTS = (
    as_shopper("decision", {"is_student": False}),
    as_shopper("disclosures", {"offer_id": "instalment:12"}),
    as_shopper("proof-codes", {}),
    as_shopper("proofs/code", DIGITS),
    as_shopper("proofs/identity", {"name": "示例", "id_number": "11010119900307271X"}),
    as_shopper("signatures", DIGITS | {"shown_id": "SHOWN", "signed_sha256": ["0" * 64], "account_token": "tok_ok"}),
    as_shop("capture"),
    as_shop("void"),
)
"""What a shopper and a merchant may send about a checkout."""
