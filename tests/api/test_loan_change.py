"""Changes of a running loan: previewed, proposed by one, approved by another, posted once."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from fenqi.simulation.caller import Colleague
from world import Bought, World, refusal

pytestmark = pytest.mark.anyio

GIFT_MINOR = 5_000


def auth(who: Colleague) -> dict[str, str]:
    return {"authorization": f"Bearer {who.token}"}


async def borrowed(world: World, *, late: bool = False) -> Bought:
    bought = await world.lent()
    await world.close_days(40 if late else 10)
    return bought


async def posted(world: World, role: str, path: str, body: dict[str, Any]) -> Any:
    who = await world.colleague(role)
    return await world.http.post(path, json=body, headers=auth(who))


async def previewed(world: World, bought: Bought, **change: Any) -> dict[str, Any]:
    answer = await posted(world, "collector", f"/staff/loans/{bought.loan_id}/previews", change)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def proposed(world: World, bought: Bought, *, role: str = "collector", **change: Any) -> dict[str, Any]:
    body = {"change": change, "reason": "borrower in hospital", "request_id": uuid4().hex}
    answer = await posted(world, role, f"/staff/loans/{bought.loan_id}/changes", body)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def answered(
    world: World, change: dict[str, Any], *, role: str = "finance", seq: int = 0, yes: bool = True
) -> Any:
    path = f"/staff/loans/{change['loan_id']}/changes/{change['change_id']}/answer"
    body = {"approved": yes, "why": "seen the papers", "seen_seq": seq or change["seen_seq"]}
    return await posted(world, role, path, body)


async def made(world: World, bought: Bought, **change: Any) -> dict[str, Any]:
    """A change that is posted, by one person or by two."""
    asked = await proposed(world, bought, **change)
    return asked if asked["is_alone"] else (await answered(world, asked)).json()


async def shown(world: World, bought: Bought, **query: str) -> dict[str, Any]:
    who = await world.colleague("finance")
    answer = await world.http.get(f"/staff/loans/{bought.loan_id}", params=query, headers=auth(who))
    assert answer.status_code == 200, answer.text
    return answer.json()


async def legs(world: World, bought: Bought) -> list[tuple[str, str, str, int]]:
    who = await world.colleague("finance")
    found = (await who.get(f"/staff/loans/{bought.loan_id}/legs"))["legs"]
    return [(leg["kind"], leg["debit"], leg["credit"], leg["amount_minor"]) for leg in found]


def next_due(loan: dict[str, Any]) -> str:
    return next(each["due_on"] for each in loan["instalments"] if each["standing"] == "to_come")


async def changes_to_try(world: World, bought: Bought) -> list[dict[str, Any]]:
    today = world.business.today()
    loan = await shown(world, bought)
    penalty = loan["outstanding"]["penalty_minor"]
    due_on = next_due(loan)
    return [
        {"kind": "goodwill", "amount_minor": 12_345},
        {"kind": "waiver", "component": "penalty", "amount_minor": penalty},
        {"kind": "due_date", "due_on": due_on, "new_due_on": (today + timedelta(days=50)).isoformat()},
        {"kind": "rate", "rate_per_year": "0.01", "from_on": today.isoformat()},
        {"kind": "payment_holiday", "due_on": due_on, "instalment_count": 2},
        {
            "kind": "interest_pause",
            "from_on": (today + timedelta(days=1)).isoformat(),
            "until_on": (today + timedelta(days=20)).isoformat(),
        },
        {"kind": "extra_terms", "instalment_count": 3},
        {"kind": "re_age", "from_on": (today + timedelta(days=30)).isoformat(), "instalment_count": 6},
        {"kind": "re_amortisation"},
        {"kind": "charge_off"},
    ]


async def test_every_change_is_shown_as_it_is_then_posted(world: World):
    for place in range(10):
        bought = await borrowed(world, late=True)
        change = (await changes_to_try(world, bought))[place]
        preview = await previewed(world, bought, **change)
        before = await legs(world, bought)

        change_made = await made(world, bought, **change)

        assert change_made["state"] == "posted", (change, change_made)
        after = await shown(world, bought)
        assert {name: after[name] for name in preview["after"]} == preview["after"], change
        assert preview["before"] != preview["after"] or preview["rows"], change
        by_number = {each["instalment"]: each for each in after["instalments"]}
        assert all(each["after"] == by_number.get(each["instalment"]) for each in preview["rows"]), change
        booked = [leg for leg in await legs(world, bought) if leg not in before]
        told = [(leg["kind"], leg["debit"], leg["credit"], leg["amount_minor"]) for leg in preview["legs"]]
        assert sorted(booked) == sorted(told), change
    assert await world.findings() == []


async def test_undoing_the_last_change_gives_the_loan_before_it(world: World):
    bought = await borrowed(world)
    before = await shown(world, bought)
    await made(world, bought, kind="charge_off")
    event_id = (await shown(world, bought))["timeline"][-1]["event_id"]

    await made(world, bought, kind="undo", event_id=event_id)

    after = await shown(world, bought)
    kept = before.keys() - {"timeline", "seq"}
    assert {name: after[name] for name in kept} == {name: before[name] for name in kept}
    assert [line["what"] for line in after["timeline"]][-2:] == ["charge_off", "reversed"]
    assert after["timeline"][-2]["undone_on"] == world.business.today().isoformat()
    assert after["timeline"][-1]["details"]["undoes"] == "charge_off"
    assert await world.findings() == []


async def test_a_late_charge_may_be_waived_by_one_person_until_it_is_not_little_any_more(world: World):
    bought = await borrowed(world)

    first = await proposed(world, bought, kind="goodwill", amount_minor=GIFT_MINOR - 1)
    second = await proposed(world, bought, kind="goodwill", amount_minor=2)

    assert (first["state"], first["is_alone"], first["decided_by"]) == ("posted", True, "collector")
    assert (second["state"], second["is_alone"], second["decided_by"]) == ("proposed", False, None)
    assert (await previewed(world, bought, kind="goodwill", amount_minor=1))["needs_second"] is False


async def test_nobody_approves_what_they_proposed(world: World):
    bought = await borrowed(world)
    own = await proposed(world, bought, role="finance", kind="charge_off")

    assert refusal(await answered(world, own)) == (403, "second_person_needed")
    assert refusal(await answered(world, own, role="collector")) == (403, "role_missing")
    assert (await answered(world, own, yes=False)).json()["state"] == "rejected"
    assert (await shown(world, bought))["charged_off_on"] is None


async def test_an_approval_is_for_the_loan_that_was_looked_at(world: World):
    bought = await borrowed(world)
    change = await proposed(world, bought, kind="charge_off")
    await bought.shopper.pay(bought.loan_id, amount_minor=10_000, request_id="in-between")

    assert refusal(await answered(world, change)) == (409, "loan_moved_on")
    seq = (await shown(world, bought))["seq"]
    assert (await answered(world, change, seq=seq)).json()["state"] == "posted"


async def test_a_proposal_and_its_answer_count_once(world: World):
    bought = await borrowed(world)
    path = f"/staff/loans/{bought.loan_id}/changes"
    body = {"change": {"kind": "charge_off"}, "reason": "lost for good", "request_id": "only-once-please"}

    first, again = [(await posted(world, "collector", path, body)).json() for _ in range(2)]
    other = await posted(world, "collector", path, body | {"reason": "another reason"})
    answers = [(await answered(world, first)).json() for _ in range(2)]

    assert first == again
    assert refusal(other) == (409, "change_differs")
    assert answers[0] == answers[1]
    assert refusal(await answered(world, first, yes=False)) == (409, "change_decided")
    assert [line["what"] for line in (await shown(world, bought))["timeline"]].count("charge_off") == 1


async def test_what_was_done_stands_in_the_audit_trail(world: World):
    bought = await borrowed(world)
    await made(world, bought, kind="charge_off")
    compliance = await world.colleague("compliance")

    lines = [line for line in (await compliance.get("/staff/audit"))["audit"] if line["subject"] == bought.loan_id]

    assert [(line["actor"], line["action"]) for line in lines] == [
        ("staff:finance", "approved_loan_change"),
        ("staff:collector", "proposed_loan_change"),
    ]
    assert lines[0]["detail"]["why"] == "seen the papers"


async def test_what_waits_is_listed_until_it_is_answered(world: World):
    bought = await borrowed(world)
    change = await proposed(world, bought, kind="charge_off")
    finance = await world.colleague("finance")

    waiting = (await finance.get("/staff/loan-changes"))["changes"]
    await answered(world, change)

    assert change in waiting
    assert change["change_id"] not in [
        each["change_id"] for each in (await finance.get("/staff/loan-changes"))["changes"]
    ]
    assert (await finance.get(f"/staff/loans/{bought.loan_id}/changes"))["changes"][0]["state"] == "posted"


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"kind": "goodwill"}, (400, "change_incomplete")),
        ({"kind": "charge_off", "amount_minor": 1}, (400, "change_incomplete")),
        ({"kind": "waiver", "component": "penalty", "amount_minor": 1}, (409, "change_above_owed")),
        ({"kind": "goodwill", "amount_minor": 10**9}, (409, "change_above_owed")),
        ({"kind": "goodwill", "amount_minor": 100.5}, (400, "amount_too_fine")),
        ({"kind": "goodwill", "amount_minor": "1e"}, (400, "amount_unreadable")),
        ({"kind": "goodwill", "amount_minor": -1}, (400, "amount_out_of_range")),
        ({"kind": "charge_off", "on": "2026-08-01"}, (400, "change_day_out_of_range")),
        ({"kind": "charge_off", "on": "2099-08-01"}, (400, "change_day_out_of_range")),
        ({"kind": "rate", "rate_per_year": "0.9", "from_on": "2099-10-01"}, (422, "rate_above_agreed")),
        ({"kind": "due_date", "due_on": "2099-10-02", "new_due_on": "2099-10-09"}, (404, "instalment_unknown")),
        ({"kind": "re_age", "from_on": "2099-10-09", "instalment_count": 61}, (400, "change_day_out_of_range")),
        ({"kind": "re_amortisation"}, (409, "change_without_effect")),
        ({"kind": "undo", "event_id": "no-such-event"}, (404, "event_unknown")),
        ({"kind": "sing"}, (400, "request_invalid")),
    ],
)
async def test_what_cannot_be_changed_is_refused_by_name(
    world: World, change: dict[str, Any], expected: tuple[int, str]
):
    bought = await borrowed(world)

    answer = await posted(world, "collector", f"/staff/loans/{bought.loan_id}/previews", change)

    assert refusal(answer) == expected, answer.text


async def test_only_what_stands_last_of_the_plan_can_be_undone(world: World):
    bought = await borrowed(world)
    day = (world.business.today() + timedelta(days=40)).isoformat()
    await made(world, bought, kind="re_age", from_on=day, instalment_count=6)
    timeline = (await shown(world, bought))["timeline"]
    drawn, re_aged = timeline[0]["event_id"], timeline[-1]["event_id"]
    await bought.shopper.pay(bought.loan_id, amount_minor=10_000, request_id="after-re-age")
    paid = (await shown(world, bought))["timeline"][-1]["event_id"]
    path = f"/staff/loans/{bought.loan_id}/previews"

    async def undo(event_id: str) -> tuple[int, str]:
        return refusal(await posted(world, "collector", path, {"kind": "undo", "event_id": event_id}))

    assert await undo(drawn) == (422, "event_stands")
    assert await undo(re_aged) == (409, "event_not_last")
    await made(world, bought, kind="undo", event_id=paid)
    assert await undo(paid) == (409, "event_undone")
    await made(world, bought, kind="undo", event_id=re_aged)
    assert await world.findings() == []


async def test_a_fee_that_the_product_agrees_on_is_charged_and_without_it_nothing(world: World):
    billed, other = await world.lent(offer_id="monthly_bill:9"), await world.lent()
    papers = {
        each["kind"]: each for each in (await billed.shopper.get(f"/h5/loans/{billed.loan_id}/documents"))["documents"]
    }
    for kind in ("disclosure", "agreement"):
        assert "¥100.00" in (await billed.shopper.document(papers[kind]["document_id"])).decode()
    loan = await billed.shopper.loan(billed.loan_id)
    change = {
        "kind": "charge",
        "on": world.business.today().isoformat(),
        "component": "fee",
        "amount_minor": 3_000,
        "due_on": loan["next_due_on"],
    }

    charged = await made(world, billed, **change)

    after = await billed.shopper.loan(billed.loan_id)
    assert (charged["state"], after["instalments"][0]["due"]["fee_minor"]) == ("posted", 3_000)
    body = {"change": change, "reason": "court costs", "request_id": uuid4().hex}
    refused = await posted(world, "collector", f"/staff/loans/{other.loan_id}/changes", body)
    assert refusal(refused) == (422, "charge_not_agreed")
    assert await world.findings() == []
