"""The application: who and what it needs, that it is decided once, and that it can be decided again from its record."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from fenqi.core.identity.id_number import check_digit
from fenqi.simulation.caller import Shopper
from world import Bought, World, refusal, well_spoken_of

pytestmark = pytest.mark.anyio


def headers_of(shopper: Shopper) -> dict[str, str]:
    return {"authorization": f"Bearer {shopper.token}"}


async def test_without_the_consents_nobody_is_asked_about_anybody(world: World):
    bought = await world.entered()
    path = f"/h5/checkouts/{bought.checkout_id}"

    response = await world.http.post(f"{path}/decision", json={"is_student": False}, headers=headers_of(bought.shopper))

    assert refusal(response) == (422, "consent_missing")
    told = response.json()["refusal"]
    assert "credit_enquiry:bureau" in told["allowed"]
    assert "征信" in told["source"]


async def test_without_an_identity_nothing_is_decided(world: World):
    checkout_id, shopper = await world.order(), world.shopper()
    await shopper.enter(checkout_id)
    await shopper.consent(checkout_id)

    response = await world.http.post(
        f"/h5/checkouts/{checkout_id}/decision", json={"is_student": False}, headers=headers_of(shopper)
    )

    assert refusal(response) == (409, "checkout_step_out_of_order")


async def test_every_consent_is_asked_for_by_itself_and_none_is_ticked(world: World):
    bought = await world.entered()

    wanted = (await bought.shopper.get(f"/h5/checkouts/{bought.checkout_id}/consents"))["consents"]

    asked = {(each["purpose"], each["recipient"]) for each in wanted}
    assert {("privacy_notice", ""), ("credit_enquiry", "bureau"), ("share", "merchant")} <= asked
    assert len(asked) == len(wanted)
    assert not any(each["ticked"] for each in wanted)
    assert all(each["text"] and each["text_version"] for each in wanted)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"ticked": False}, (422, "consent_not_active")),
        ({"text_sha256": "0" * 64}, (409, "consent_text_differs")),
        ({"recipient": "somebody"}, (409, "consent_text_differs")),
        ({"purpose": "marketing"}, (409, "consent_text_differs")),
        ({"ticked": "true"}, (400, "request_invalid")),
        ({"language": "fr"}, (400, "request_invalid")),
    ],
)
async def test_a_consent_that_was_not_given_so_is_refused_with_all_beside_it(
    world: World, changed: dict[str, Any], code: tuple[int, str]
):
    bought = await world.entered()
    path = f"/h5/checkouts/{bought.checkout_id}/consents"
    wanted = (await bought.shopper.get(path))["consents"]
    names = ("purpose", "recipient", "text_sha256")
    given = [{name: each[name] for name in names} | {"language": "zh-CN", "ticked": True} for each in wanted]
    given[-1] |= changed

    response = await world.http.post(path, json={"consents": given}, headers=headers_of(bought.shopper))

    assert refusal(response) == code
    assert len((await bought.shopper.get(path))["consents"]) == len(wanted)


async def test_a_student_is_declined_with_the_law_as_the_reason(world: World):
    bought = await world.decided(facts={"is_student": True})

    assert (bought.decision["outcome"], bought.decision["offers"], bought.decision["limit_minor"]) == ("decline", [], 0)
    reasons = {each["code"]: each for each in bought.decision["reasons"]}
    assert "not_student" in reasons
    assert all(reasons["not_student"][language] for language in ("zh-CN", "en"))
    response = await world.http.post(
        f"/h5/checkouts/{bought.checkout_id}/disclosures",
        json={"offer_id": "instalment:12"},
        headers=headers_of(bought.shopper),
    )
    assert refusal(response) == (409, "checkout_declined")


@pytest.mark.parametrize("facts", [{}, {"is_student": "no"}, {"is_student": False, "is_rich": True}])
async def test_an_application_that_does_not_say_it_is_refused(world: World, facts: dict[str, Any]):
    bought = await world.entered()

    response = await world.http.post(
        f"/h5/checkouts/{bought.checkout_id}/decision", json=facts, headers=headers_of(bought.shopper)
    )

    assert refusal(response) == (400, "request_invalid")


@pytest.mark.parametrize("down_payment_minor", [599_900, 700_000, 10**18])
async def test_a_down_payment_of_the_whole_price_or_more_is_no_fault_of_ours(world: World, down_payment_minor: int):
    bought = await world.entered()
    await bought.shopper.consent(bought.checkout_id)

    response = await world.http.post(
        f"/h5/checkouts/{bought.checkout_id}/decision",
        json={"is_student": False, "down_payment_minor": down_payment_minor},
        headers=headers_of(bought.shopper),
    )

    assert response.status_code < 500, response.text


async def test_an_application_is_made_once(world: World):
    bought = await world.decided()

    response = await world.http.post(
        f"/h5/checkouts/{bought.checkout_id}/decision", json={"is_student": False}, headers=headers_of(bought.shopper)
    )

    assert refusal(response) == (409, "checkout_step_out_of_order")


NO_RECORD = {"record": None}
"""The bureau has never heard of them: a person has to look."""
NO_INCOME = {"monthly_income_minor": None}
"""Nobody knows what they earn, so that no limit can be found."""


async def referred(world: World, changed: dict[str, Any] = NO_RECORD) -> Bought:
    known = replace(well_spoken_of(world.business.today()), **changed)
    bought = await world.decided(world.shopper(world.somebody(known)))
    assert bought.decision["outcome"] == "refer", bought.decision
    return bought


async def test_of_a_referred_application_the_applicant_sees_no_offer_and_may_not_apply_again(world: World):
    bought = await referred(world)

    assert (bought.decision["offers"], bought.decision["limit_minor"]) == ([], 0)
    response = await world.http.post(
        f"/h5/checkouts/{bought.checkout_id}/decision", json={"is_student": False}, headers=headers_of(bought.shopper)
    )
    assert refusal(response) == (409, "checkout_step_out_of_order")
    choice = await world.http.post(
        f"/h5/checkouts/{bought.checkout_id}/disclosures",
        json={"offer_id": "instalment:12"},
        headers=headers_of(bought.shopper),
    )
    assert refusal(choice) == (409, "checkout_step_out_of_order")


async def test_a_referred_application_goes_on_once_a_reviewer_has_approved_it(world: World):
    bought = await referred(world)
    reviewer = await world.colleague("reviewer")
    path = f"/staff/decisions/{bought.decision['decision_id']}/reviews"

    answer = await reviewer.post(path, {"verdict": "approve", "reason": "payslips were seen"})

    assert answer["checkout_status"] == "approved"
    seen = await bought.shopper.get(f"/h5/checkouts/{bought.checkout_id}/decision")
    assert seen["offers"]
    assert seen["limit_minor"] > 0
    again = await world.http.post(
        path,
        json={"verdict": "decline", "reason": "on second thought"},
        headers={"authorization": f"Bearer {reviewer.token}"},
    )
    assert refusal(again) == (409, "checkout_step_out_of_order")
    shown = await bought.shopper.choose(bought.checkout_id, offer_id=seen["offers"][0]["offer_id"])
    assert shown["documents"]


async def test_an_approval_where_nothing_could_be_offered_is_refused(world: World):
    bought = await referred(world, NO_INCOME)
    reviewer = await world.colleague("reviewer")

    response = await world.http.post(
        f"/staff/decisions/{bought.decision['decision_id']}/reviews",
        json={"verdict": "approve", "reason": "a good feeling"},
        headers={"authorization": f"Bearer {reviewer.token}"},
    )

    assert refusal(response) == (409, "nothing_to_offer")


async def test_a_reviewers_no_is_a_decline(world: World):
    bought = await referred(world)
    reviewer = await world.colleague("reviewer")

    await reviewer.post(
        f"/staff/decisions/{bought.decision['decision_id']}/reviews", {"verdict": "decline", "reason": "no record"}
    )

    seen = await bought.shopper.get(f"/h5/checkouts/{bought.checkout_id}/decision")
    assert (seen["status"], seen["offers"]) == ("declined", [])
    assert (await world.shop.get(f"/v1/checkouts/{bought.checkout_id}"))["status"] == "declined"


@pytest.mark.parametrize("facts", [{"is_student": False}, {"is_student": True}])
async def test_a_decision_made_again_from_its_record_has_the_same_bytes(world: World, facts: dict[str, Any]):
    bought = await world.decided(facts=facts)
    risk = await world.colleague("risk")

    replayed = await risk.get(f"/staff/decisions/{bought.decision['decision_id']}/replay")

    assert replayed["same_bytes"] is True
    assert replayed["byte_count"] > 5_000


async def test_a_decision_is_kept_whole_and_looking_at_it_leaves_a_trace(world: World):
    bought = await world.decided()
    risk, compliance = await world.colleague("risk"), await world.colleague("compliance")

    whole = await risk.get(f"/staff/decisions/{bought.decision['decision_id']}")

    content = whole["content"]
    assert {fact["name"] for fact in content["facts"]} >= {"student", "exposure_minor", "credit_record_found"}
    assert all(fact["source"] and fact["observed_at"] for fact in content["facts"])
    assert content["rules"]
    assert content["reasons"]
    assert whole["strategy_version"]
    assert whole["scorecard_version"]
    (line, *_) = (await compliance.get("/staff/audit"))["audit"]
    assert (line["actor"], line["action"]) == ("staff:risk", "looked_at_decision")


async def test_one_request_for_a_person_is_kept_and_a_second_refused(world: World):
    bought = await world.decided(facts={"is_student": True})
    path = f"/h5/checkouts/{bought.checkout_id}/reviews"

    assert (await bought.shopper.post(path, {"reason": "I am no student"}))["review_id"]

    again = await world.http.post(path, json={"reason": "please"}, headers=headers_of(bought.shopper))
    assert refusal(again) == (409, "person_asked_already")


async def test_a_person_before_anything_is_decided_is_refused(world: World):
    bought = await world.entered()

    response = await world.http.post(
        f"/h5/checkouts/{bought.checkout_id}/reviews", json={"reason": "x"}, headers=headers_of(bought.shopper)
    )

    assert refusal(response) == (409, "not_decided")


@pytest.mark.parametrize(
    ("ending", "status", "code"),
    [
        ("0001", 422, "identity_mismatch"),
        ("0002", 422, "identity_mismatch"),
        ("0003", 409, "identity_indeterminate"),
    ],
)
async def test_without_a_clear_match_nobody_is_identified(world: World, ending: str, status: int, code: str):
    checkout_id, person = await world.order(), world.somebody()
    shopper = Shopper(world.http, f"1377777{ending}", person.name, person.id_number, world.code_sent_to)
    await shopper.enter(checkout_id)

    response = await world.http.post(
        f"/h5/checkouts/{checkout_id}/identity",
        json={"name": person.name, "id_number": person.id_number},
        headers=headers_of(shopper),
    )

    assert refusal(response) == (status, code)
    assert (await world.shop.get(f"/v1/checkouts/{checkout_id}"))["status"] == "created"


async def test_one_identity_is_one_customer(world: World):
    first = await world.entered()
    checkout_id, other = await world.order(), world.shopper()
    await other.enter(checkout_id)
    taken = {"name": first.shopper.name, "id_number": first.shopper.id_number}

    response = await world.http.post(f"/h5/checkouts/{checkout_id}/identity", json=taken, headers=headers_of(other))

    assert refusal(response) == (409, "identity_taken")


async def test_an_account_with_an_identity_does_not_become_somebody_elses(world: World):
    first = await world.entered()
    checkout_id, somebody = await world.order(), world.somebody()
    other = {"name": somebody.name, "id_number": somebody.id_number}

    response = await world.http.post(
        f"/h5/checkouts/{checkout_id}/identity", json=other, headers=headers_of(first.shopper)
    )

    assert refusal(response) == (409, "identity_fixed")


async def test_a_bureau_that_does_not_answer_decides_nothing(world: World):
    checkout_id, shopper = await world.order(), world.shopper()
    first_17 = "11010119850307902"
    shopper.id_number = first_17 + check_digit(first_17)
    await shopper.enter(checkout_id)
    await shopper.say_who(checkout_id)
    await shopper.consent(checkout_id)

    response = await world.http.post(
        f"/h5/checkouts/{checkout_id}/decision", json={"is_student": False}, headers=headers_of(shopper)
    )

    assert refusal(response) == (503, "unavailable")
    assert (await world.shop.get(f"/v1/checkouts/{checkout_id}"))["status"] == "identified"


async def test_two_applications_at_one_instant_are_one_decision(world: World):
    bought = await world.entered()
    await bought.shopper.consent(bought.checkout_id)
    path = f"/h5/checkouts/{bought.checkout_id}/decision"

    answers = await asyncio.gather(
        *(
            world.http.post(path, json={"is_student": student}, headers=headers_of(bought.shopper))
            for student in (False, True, False)
        )
    )

    assert sorted(answer.status_code for answer in answers) == [201, 409, 409], [each.text for each in answers]
    (decided,) = [answer.json() for answer in answers if answer.status_code == 201]
    assert (await bought.shopper.get(path))["decision_id"] == decided["decision_id"]


async def test_applications_of_one_customer_at_one_instant_are_each_decided_and_set_one_limit(world: World):
    shopper = world.shopper()
    entered = [await world.entered(shopper) for _ in range(3)]
    await shopper.consent(entered[0].checkout_id)

    decided = await asyncio.gather(*(shopper.ask(each.checkout_id) for each in entered))

    assert {each["outcome"] for each in decided} == {"approve"}
    assert len({each["limit_minor"] for each in decided}) == 1
    assert (await shopper.get("/h5/me"))["limit_minor"] == decided[0]["limit_minor"]
    assert await world.findings() == []


async def test_the_table_of_an_offer_is_for_whoever_may_choose_it(world: World):
    approved, waiting = await world.decided(), await referred(world)

    table = await approved.shopper.get(f"/h5/checkouts/{approved.checkout_id}/offers/instalment:12")
    response = await world.http.get(
        f"/h5/checkouts/{waiting.checkout_id}/offers/instalment:12", headers=headers_of(waiting.shopper)
    )

    assert len(table["rows"]) == 12
    assert refusal(response) == (409, "checkout_step_out_of_order")


async def test_known_customers_go_on_without_saying_again_who_they_are_and_others_may_not(world: World):
    known, unknown = (await world.entered()).shopper, world.shopper()
    checkout_id = await world.order()
    await unknown.enter(checkout_id)
    path = f"/h5/checkouts/{checkout_id}/customer"

    response = await world.http.put(path, headers=headers_of(unknown))
    assert refusal(response) == (409, "identity_missing")

    assert (await world.http.put(path, headers=headers_of(known))).status_code == 200
    assert refusal(await world.http.put(path, headers=headers_of(unknown))) in {
        (403, "checkout_not_yours"),
        (409, "identity_missing"),
    }
    assert (await world.shop.get(f"/v1/checkouts/{checkout_id}"))["status"] == "identified"
