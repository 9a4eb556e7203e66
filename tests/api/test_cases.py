"""Cases over HTTP: what was referred waits in the queue, is taken by one person, and ends with an answer."""

from dataclasses import replace
from datetime import timedelta

import pytest

from fenqi.simulation.caller import Colleague
from fenqi.workers.loop import step_all
from world import Bought, World, refusal, well_spoken_of

pytestmark = pytest.mark.anyio


@pytest.fixture
def world(town: World) -> World:
    """An installation of the test's own: a queue holds whatever anybody put there."""
    return town


NO_RECORD = {"record": None}


async def referred(world: World) -> Bought:
    person = world.somebody(replace(well_spoken_of(world.business.today()), **NO_RECORD))
    bought = await world.decided(world.shopper(person))
    assert bought.decision["outcome"] == "refer", bought.decision
    return bought


async def refused(world: World, who: Colleague, path: str, body: object = None) -> tuple[int, str]:
    headers = {"authorization": f"Bearer {who.token}"}
    return refusal(await world.http.post(path, json=body or {}, headers=headers))


async def test_what_was_referred_waits_with_its_stake_and_its_end(world: World):
    bought = await referred(world)
    reviewer = await world.colleague("reviewer")

    (line,) = (await reviewer.get("/staff/cases"))["cases"]

    assert (line["kind"], line["level"], line["taken_by"], line["is_late"]) == ("referred", "reviewer", None, False)
    assert line["expected_loss_minor"] == 599_900
    whole = await reviewer.get(f"/staff/cases/{line['case_id']}")
    assert [each["decision_id"] for each in whole["decisions"]] == [bought.decision["decision_id"]]
    assert [each["what"] for each in whole["events"]] == ["opened_referred"]


async def test_an_approved_application_is_no_case(world: World):
    await world.decided()
    reviewer = await world.colleague("reviewer")
    assert (await reviewer.get("/staff/cases"))["cases"] == []
    assert await refused(world, reviewer, "/staff/cases/next") == (404, "no_case_waiting")


async def test_the_next_case_is_ones_own_until_it_is_answered(world: World):
    bought = await referred(world)
    reviewer, risk = await world.colleague("reviewer"), await world.colleague("risk")

    case = await reviewer.post("/staff/cases/next", {})

    assert case["taken_by"] == "reviewer"
    assert await refused(world, risk, "/staff/cases/next") == (404, "no_case_waiting")
    assert await refused(world, risk, f"/staff/cases/{case['case_id']}/taking") == (409, "case_taken")
    answer = {"verdict": "decline", "reason": "no record at all", "found": "unproven"}
    reviews = f"/staff/decisions/{bought.decision['decision_id']}/reviews"
    assert await refused(world, risk, reviews, answer) == (409, "case_taken")
    await reviewer.post(reviews, answer)
    ended = await reviewer.get(f"/staff/cases/{case['case_id']}")
    assert (ended["disposition"], ended["closed_by"]) == ("unproven", "reviewer")
    assert (await reviewer.get("/staff/cases"))["cases"] == []
    assert [line["case_id"] for line in (await risk.get("/staff/closed-cases"))["cases"]] == [case["case_id"]]


async def test_the_dearest_case_comes_first_and_a_page_goes_on_after_the_last(world: World):
    for price_minor in (199_900, 599_900, 499_900):
        person = world.somebody(replace(well_spoken_of(world.business.today()), **NO_RECORD))
        bought = await world.decided(world.shopper(person), price_minor=price_minor)
        assert bought.decision["outcome"] == "refer"
    reviewer = await world.colleague("reviewer")

    first = await reviewer.get("/staff/cases?limit=2")
    rest = await reviewer.get(f"/staff/cases?limit=2&after={first['next']}")

    stakes = [line["expected_loss_minor"] for line in first["cases"] + rest["cases"]]
    assert stakes == [599_900, 499_900, 199_900]
    assert rest["next"] is None
    assert (await reviewer.post("/staff/cases/next", {}))["expected_loss_minor"] == 599_900
    assert len((await reviewer.get("/staff/cases?held=mine"))["cases"]) == 1
    assert len((await reviewer.get("/staff/cases?held=nobody"))["cases"]) == 2


async def test_what_is_passed_on_is_answered_by_who_answers_for_the_strategy(world: World):
    bought = await referred(world)
    reviewer, risk = await world.colleague("reviewer"), await world.colleague("risk")
    case = await reviewer.post("/staff/cases/next", {})

    passed = await reviewer.post(f"/staff/cases/{case['case_id']}/escalation", {"text": "two names on the lease"})

    assert (passed["level"], passed["taken_by"], passed["events"][-1]["text"]) == (
        "lead",
        None,
        "two names on the lease",
    )
    assert await refused(world, reviewer, f"/staff/cases/{case['case_id']}/taking") == (403, "case_not_yours")
    reviews = f"/staff/decisions/{bought.decision['decision_id']}/reviews"
    answer = {"verdict": "approve", "reason": "it is her mother", "found": "sound"}
    assert await refused(world, reviewer, reviews, answer) == (403, "case_not_yours")
    assert (await risk.post(reviews, answer))["checkout_status"] == "approved"


async def test_a_note_keeps_the_case_and_a_release_gives_it_back(world: World):
    await referred(world)
    reviewer, risk = await world.colleague("reviewer"), await world.colleague("risk")
    case = await reviewer.post("/staff/cases/next", {})
    path = f"/staff/cases/{case['case_id']}"
    world.pass_time(timedelta(minutes=14))
    await reviewer.post(f"{path}/notes", {"text": "asked for a payslip"})
    world.pass_time(timedelta(minutes=14))
    assert await refused(world, risk, f"{path}/taking") == (409, "case_taken")
    await reviewer.post(f"{path}/release", {})
    assert (await risk.post(f"{path}/taking", {}))["taken_by"] == "risk"


async def test_who_asks_for_a_person_opens_a_case_that_only_an_answer_ends(world: World):
    bought = await world.decided(facts={"is_student": True})
    await bought.shopper.post(f"/h5/checkouts/{bought.checkout_id}/reviews", {"reason": "I have left college"})
    reviewer = await world.colleague("reviewer")

    case = await reviewer.post("/staff/cases/next", {"kind": "asked"})

    end = {"found": "sound", "text": "all is well"}
    assert await refused(world, reviewer, f"/staff/cases/{case['case_id']}/end", end) == (409, "case_still_waits")
    reviews = f"/staff/decisions/{bought.decision['decision_id']}/reviews"
    await reviewer.post(reviews, {"verdict": "decline", "reason": "enrolled until 2028", "found": "unproven"})
    assert (await reviewer.get(f"/staff/cases/{case['case_id']}"))["closed_by"] == "reviewer"


async def test_a_question_about_an_approval_ends_without_an_answer_to_the_decision(world: World):
    bought = await world.decided()
    await bought.shopper.post(f"/h5/checkouts/{bought.checkout_id}/reviews", {"reason": "why not more"})
    reviewer = await world.colleague("reviewer")
    case = await reviewer.post("/staff/cases/next", {})

    ended = await reviewer.post(f"/staff/cases/{case['case_id']}/end", {"found": "sound", "text": "explained by phone"})

    assert (ended["disposition"], ended["events"][-1]["text"]) == ("sound", "explained by phone")


async def test_a_finding_that_contradicts_the_answer_is_refused(world: World):
    bought = await referred(world)
    reviewer = await world.colleague("reviewer")
    reviews = f"/staff/decisions/{bought.decision['decision_id']}/reviews"
    answer = {"verdict": "approve", "reason": "a good feeling", "found": "fraud"}
    assert await refused(world, reviewer, reviews, answer) == (400, "disposition_differs")


async def test_nobody_answers_in_time_and_the_case_ends_with_the_checkout(world: World):
    await referred(world)
    risk = await world.colleague("risk")
    case = (await risk.get("/staff/cases"))["cases"][0]
    world.pass_time(timedelta(days=8))

    await step_all(world.installation)

    ended = await risk.get(f"/staff/cases/{case['case_id']}")
    assert (ended["disposition"], ended["closed_by"]) == ("timed_out", "system")
    figures = await risk.get("/staff/case-figures?from_on=2026-01-01")
    assert figures["waiting"] == []
    assert [(each["closed_by"], each["disposition"], each["case_count"]) for each in figures["answered"]] == [
        ("system", "timed_out", 1)
    ]


async def test_a_case_whose_time_is_nearly_over_goes_to_the_lead_once(world: World):
    bought = await world.decided(facts={"is_student": True})
    await bought.shopper.post(f"/h5/checkouts/{bought.checkout_id}/reviews", {"reason": "I have left college"})
    risk = await world.colleague("risk")
    world.pass_time(timedelta(days=2, hours=5))
    await step_all(world.installation)
    assert [case["level"] for case in (await risk.get("/staff/cases"))["cases"]] == ["reviewer"]
    world.pass_time(timedelta(hours=2))

    await step_all(world.installation)
    await step_all(world.installation)

    (case,) = (await risk.get("/staff/cases"))["cases"]
    whole = await risk.get(f"/staff/cases/{case['case_id']}")
    assert whole["level"] == "lead"
    assert [each["what"] for each in whole["events"]] == ["opened_asked", "escalated_late"]
    waiting = (await risk.get("/staff/case-figures"))["waiting"]
    assert [(each["level"], each["kind"], each["case_count"]) for each in waiting] == [("lead", "asked", 1)]
