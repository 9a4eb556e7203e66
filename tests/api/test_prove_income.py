"""Who earns what nobody knows waits, hands in proof, and is judged with what a reviewer reads in it."""

import base64
from dataclasses import replace
from datetime import timedelta

import pytest

from fenqi.simulation.caller import Colleague, Json
from world import PRICE_MINOR, Bought, World, refusal, well_spoken_of

pytestmark = pytest.mark.anyio
PDF = {
    "name": "工资流水.pdf",
    "media_type": "application/pdf",
    "content_base64": base64.b64encode(b"%PDF-1.7 payslips").decode(),
}


async def asked(world: World, role: str, method: str, path: str, body: object = None):
    """What the API answers a colleague, whatever it is."""
    await world.colleague(role)
    headers = {"authorization": f"Bearer {world.colleagues[role].token}"}
    return await world.http.request(method, path, json=body, headers=headers)


async def waiting(world: World) -> Bought:
    """Somebody of whom the bureau knows everything but the income."""
    known = replace(well_spoken_of(world.business.today()), monthly_income_minor=None)
    return await world.decided(world.shopper(world.somebody(known)))


async def test_a_proof_of_income_leads_to_an_offer(world: World):
    bought = await waiting(world)
    assert [one["layer"] for one in bought.decision["needed"]] == ["income"]
    assert "工资流水" in bought.decision["needed"][0]["reasons"][0]["change"]["zh-CN"]
    path, before = f"/h5/checkouts/{bought.checkout_id}", bought.decision["decision_id"]

    told = await bought.shopper.post(f"{path}/papers", PDF)
    reviewer = await world.colleague("reviewer")
    seen = await reviewer.get(f"/staff/decisions/{before}")
    (paper,) = seen["papers"]
    assert told["papers"] == [paper]
    assert [one["verdict"] for one in seen["content"]["layers"]] == ["pass", "more_needed", "pass", "pass"]
    proof = {"paper_id": paper["paper_id"], "monthly_income_minor": 2_000_000}
    judged = await reviewer.post(f"/staff/decisions/{before}/incomes", proof)

    assert (judged["outcome"], judged["checkout_status"]) == ("approve", "approved")
    now = await bought.shopper.get(f"{path}/decision")
    assert (now["decision_id"], now["outcome"], now["needed"]) == (judged["decision_id"], "approve", [])
    assert now["offers"]
    risk = await world.colleague("risk")
    for decision_id in (before, judged["decision_id"]):
        assert (await risk.get(f"/staff/decisions/{decision_id}/replay"))["same_bytes"]
    again = await asked(world, "reviewer", "POST", f"/staff/decisions/{before}/incomes", proof)
    assert refusal(again)[0] == 409


async def test_only_who_reviews_the_application_opens_its_papers_and_no_others(world: World):
    bought, other = await waiting(world), await waiting(world)
    told = await bought.shopper.post(f"/h5/checkouts/{bought.checkout_id}/papers", PDF)
    paper_id = told["papers"][0]["paper_id"]
    mine, others = (f"/staff/decisions/{one.decision['decision_id']}" for one in (bought, other))

    opened = await asked(world, "reviewer", "GET", f"{mine}/papers/{paper_id}")
    assert opened.content == b"%PDF-1.7 payslips"
    assert refusal(await asked(world, "reviewer", "GET", f"{others}/papers/{paper_id}")) == (404, "paper_unknown")
    assert (await asked(world, "collector", "GET", f"{mine}/papers/{paper_id}")).status_code == 403
    for role in ("collector", "risk"):
        elsewhere = await asked(world, role, "GET", f"/staff/papers/{paper_id}")
        assert refusal(elsewhere) == (404, "paper_unknown")
    proof = {"paper_id": paper_id, "monthly_income_minor": 2_000_000}
    assert refusal(await asked(world, "reviewer", "POST", f"{others}/incomes", proof)) == (409, "proof_of_another")


async def prove(world: World, bought: Bought, decision_id: str, income_minor: int) -> Json:
    """What comes of it when a paper is handed in and a reviewer reads an income in it."""
    told = await bought.shopper.post(f"/h5/checkouts/{bought.checkout_id}/papers", PDF)
    reviewer = await world.colleague("reviewer")
    proof = {"paper_id": told["papers"][0]["paper_id"], "monthly_income_minor": income_minor}
    return await reviewer.post(f"/staff/decisions/{decision_id}/incomes", proof)


async def test_who_asked_for_a_person_is_answered_by_one(world: World):
    bought = await world.decided(facts={"is_student": True})
    path, reviewer = f"/h5/checkouts/{bought.checkout_id}", await world.colleague("reviewer")
    await bought.shopper.post(f"{path}/reviews", {"reason": "I left college in June"})

    judged = await prove(world, bought, bought.decision["decision_id"], 100)

    assert (judged["outcome"], judged["checkout_status"]) == ("refer", "referred")
    now = await bought.shopper.get(f"{path}/decision")
    assert now["person_asked"]
    assert {"not_student", "debt_burden"} & {one["code"] for one in now["reasons"]}
    risk = await world.colleague("risk")
    assert (await risk.get(f"/staff/decisions/{judged['decision_id']}/replay"))["same_bytes"]
    found = (await reviewer.get("/staff/cases?kind=asked"))["cases"]
    (case,) = [one for one in found if await holds(reviewer, one["case_id"], judged["decision_id"])]
    answer = {"verdict": "decline", "reason": "enrolled until 2028", "found": "unproven"}
    await reviewer.post(f"/staff/decisions/{judged['decision_id']}/reviews", answer)
    ended = await reviewer.get(f"/staff/cases/{case['case_id']}")
    assert (ended["closed_by"], ended["disposition"]) == ("reviewer", "unproven")


async def holds(who: Colleague, case_id: str, decision_id: str) -> bool:
    """Whether a case holds a decision."""
    whole = await who.get(f"/staff/cases/{case_id}")
    return decision_id in {one["decision_id"] for one in whole["decisions"]}


async def test_what_was_signed_meanwhile_counts_and_one_application_counts_once(world: World):
    first = await waiting(world)
    second = await world.decided(first.shopper)
    reviewer = await world.colleague("reviewer")
    found = (await reviewer.get("/staff/cases?limit=200"))["cases"]
    (case,) = [one for one in found if await holds(reviewer, one["case_id"], second.decision["decision_id"])]

    await prove(world, first, first.decision["decision_id"], 2_000_000)
    shown = await first.shopper.choose(first.checkout_id, offer_id="instalment:12", language="zh-CN")
    world.pass_time(timedelta(seconds=shown["read_seconds_min"]))
    await first.shopper.sign(first.checkout_id, shown=shown)
    await world.capture(first)
    judged = await prove(world, second, second.decision["decision_id"], 3_000)

    before = facts_of(await reviewer.get(f"/staff/decisions/{second.decision['decision_id']}"))
    after = facts_of(await reviewer.get(f"/staff/decisions/{judged['decision_id']}"))
    assert (before["exposure_minor"], after["exposure_minor"]) == (0, PRICE_MINOR)
    assert after["monthly_debt_service_minor"] > before["monthly_debt_service_minor"]
    assert (before["orders_in_24h_count"], after["orders_in_24h_count"]) == (1, 1)
    ended = await reviewer.get(f"/staff/cases/{case['case_id']}")
    assert ended["expected_loss_minor"] == case["expected_loss_minor"]
    assert ended["disposition"] == "unaffordable"


async def test_an_application_that_still_waits_is_at_stake_once(world: World):
    known = replace(well_spoken_of(world.business.today()), monthly_income_minor=None, record=None)
    bought = await world.decided(world.shopper(world.somebody(known)))
    reviewer = await world.colleague("reviewer")

    judged = await prove(world, bought, bought.decision["decision_id"], 2_000_000)

    assert judged["outcome"] == "refer"
    found = (await reviewer.get("/staff/cases?limit=200"))["cases"]
    (case,) = [one for one in found if await holds(reviewer, one["case_id"], judged["decision_id"])]
    assert case["expected_loss_minor"] == PRICE_MINOR


def facts_of(decision: Json) -> Json:
    """The facts of a decision's record, by name."""
    return {fact["name"]: fact["value"] for fact in decision["content"]["facts"]}


async def test_too_small_an_income_declines_and_a_paper_ends_with_the_wait(world: World):
    bought = await waiting(world)
    path = f"/h5/checkouts/{bought.checkout_id}"
    judged = await prove(world, bought, bought.decision["decision_id"], 100)
    assert (judged["outcome"], judged["checkout_status"]) == ("decline", "declined")
    late = await world.http.post(
        f"{path}/papers", json=PDF, headers={"authorization": f"Bearer {bought.shopper.token}"}
    )
    assert refusal(late) == (409, "checkout_declined")
