"""Who earns what nobody knows waits, hands in proof, and is judged with what a reviewer reads in it."""

import base64
from dataclasses import replace

import pytest

from world import Bought, World, refusal, well_spoken_of

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
    proof = {"paper_id": paper_id, "monthly_income_minor": 2_000_000}
    assert refusal(await asked(world, "reviewer", "POST", f"{others}/incomes", proof)) == (409, "proof_of_another")


async def test_too_small_an_income_declines_and_a_paper_ends_with_the_wait(world: World):
    bought = await waiting(world)
    path = f"/h5/checkouts/{bought.checkout_id}"
    told = await bought.shopper.post(f"{path}/papers", PDF)
    reviewer = await world.colleague("reviewer")
    proof = {"paper_id": told["papers"][0]["paper_id"], "monthly_income_minor": 100}
    judged = await reviewer.post(f"/staff/decisions/{bought.decision['decision_id']}/incomes", proof)
    assert (judged["outcome"], judged["checkout_status"]) == ("decline", "declined")
    late = await world.http.post(
        f"{path}/papers", json=PDF, headers={"authorization": f"Bearer {bought.shopper.token}"}
    )
    assert refusal(late) == (409, "checkout_declined")
