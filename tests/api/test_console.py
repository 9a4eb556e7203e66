"""What the console's routes answer: lists by key, files, the search, and the look behind the mask."""

import csv
import io
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from fenqi.api.shape.staff import SHAPES
from fenqi.simulation.caller import Colleague
from world import PRICE_MINOR, Bought, World, refusal, well_spoken_of

pytestmark = pytest.mark.anyio
NO_RECORD = {"record": None}
ONE_DAY = timedelta(days=1)


def a_new_day(world: World) -> str:
    """A day on which nothing has happened yet: the module's tests share one world."""
    world.pass_time(ONE_DAY)
    return world.business.today().isoformat()


async def shaped(colleague: Colleague, path: str, route: str = "", **names: str) -> dict[str, Any]:
    """An answer, held against the shape that the description tells of it."""
    answer = await colleague.get(path.format(**names))
    SHAPES["GET", route or path.partition("?")[0]].model_validate(answer)
    return answer


async def referred(world: World) -> Bought:
    known = replace(well_spoken_of(world.business.today()), **NO_RECORD)
    bought = await world.decided(world.shopper(world.somebody(known)))
    assert bought.decision["outcome"] == "refer"
    return bought


async def test_a_list_of_decisions_goes_on_where_its_page_ended(world: World):
    today = a_new_day(world)
    for _ in range(5):
        await world.decided()
    risk = await world.colleague("risk")
    listed = f"/staff/decisions?limit=2&from_on={today}"
    seen, path = [], listed
    while path:
        page = await shaped(risk, path, "/staff/decisions")
        seen += [line["decision_id"] for line in page["decisions"]]
        after = page["next"]
        path = after and f"{listed}&after={after}"

    assert len(seen) == len(set(seen)) == 5


async def test_decisions_are_found_by_outcome_and_by_day(world: World):
    first = a_new_day(world)
    await world.decided(facts={"is_student": True})
    second = a_new_day(world)
    await world.decided()
    risk = await world.colleague("risk")

    async def found(query: str) -> list[str]:
        return [line["outcome"] for line in (await risk.get(f"/staff/decisions?{query}"))["decisions"]]

    assert await found(f"from_on={first}") == ["approve", "decline"]
    assert await found(f"from_on={first}&outcome=decline") == ["decline"]
    assert await found(f"from_on={first}&until_on={second}") == ["decline"]
    assert await found(f"from_on={second}") == ["approve"]
    assert await found(f"from_on={first}&outcome=refer") == []


async def test_a_referred_application_waits_until_somebody_has_answered(world: World):
    bought = await referred(world)
    await world.decided()
    reviewer = await world.colleague("reviewer")
    waiting = (await reviewer.get("/staff/decisions?unanswered=true"))["decisions"]
    assert [line["decision_id"] for line in waiting] == [bought.decision["decision_id"]]

    await reviewer.post(
        f"/staff/decisions/{bought.decision['decision_id']}/reviews", {"verdict": "decline", "reason": "no record"}
    )

    assert (await reviewer.get("/staff/decisions?unanswered=true"))["decisions"] == []
    whole = await reviewer.get(f"/staff/decisions/{bought.decision['decision_id']}")
    SHAPES["GET", "/staff/decisions/{decision_id}"].model_validate(whole)
    assert (whole["verdict"], whole["reviews"][-1]["asked_by"]) == ("decline", "reviewer")


async def test_a_decision_shows_no_birthday(world: World):
    bought = await world.decided()
    risk = await world.colleague("risk")

    whole = await risk.get(f"/staff/decisions/{bought.decision['decision_id']}")

    assert {fact["value"] for fact in whole["content"]["facts"] if fact["name"] == "born_on"} == {"****"}


async def test_a_file_holds_every_line_of_a_filter_and_its_making_is_kept(world: World):
    today = a_new_day(world)
    for _ in range(3):
        await world.decided()
    await world.decided(facts={"is_student": True})
    compliance = await world.colleague("compliance")
    headers = {"authorization": f"Bearer {compliance.token}"}

    response = await world.http.get(f"/staff/exports/decisions?outcome=approve&from_on={today}", headers=headers)

    assert response.headers["content-type"].startswith("text/csv")
    lines = list(csv.DictReader(io.StringIO(response.text.removeprefix("\ufeff"))))
    assert [line["outcome"] for line in lines] == ["approve"] * 3
    (line, *_) = (await shaped(compliance, "/staff/audit"))["audit"]
    assert (line["actor"], line["action"]) == ("staff:compliance", "exported_decisions")


async def test_loans_in_arrears_are_a_list_of_their_own(world: World):
    late = await world.lent()
    await world.close_days(35)
    fresh = await world.lent()
    collector = await world.colleague("collector")

    loans = (await shaped(collector, "/staff/loans"))["loans"]
    assert loans[0]["loan_id"] == fresh.loan_id
    in_arrears = {line["loan_id"]: line for line in (await collector.get("/staff/loans?late=true"))["loans"]}
    assert in_arrears[late.loan_id]["days_past_due"] > 0
    assert fresh.loan_id not in in_arrears
    file = await shaped(collector, "/staff/loans/{loan_id}/file", loan_id=late.loan_id)
    assert file["mobile_masked"][3:7] == "****"
    assert file["events"][0]["seq"] == 1
    headers = {"authorization": f"Bearer {collector.token}"}
    assert late.loan_id in (await world.http.get("/staff/exports/loans?late=true", headers=headers)).text


async def test_a_loan_is_shown_as_it_was_on_any_day(world: World):
    bought = await world.lent()
    finance = await world.colleague("finance")

    in_ten_weeks = world.business.today() + timedelta(weeks=10)
    later = await finance.get(f"/staff/loans/{bought.loan_id}?on={in_ten_weeks}")

    SHAPES["GET", "/staff/loans/{loan_id}"].model_validate(later)
    assert later["days_past_due"] > 0


async def test_an_order_number_leads_finance_to_the_legs(world: World):
    bought = await world.lent()
    finance = await world.colleague("finance")
    order = (await world.shop.get(f"/v1/checkouts/{bought.checkout_id}"))["order_number"]

    found = await finance.post("/staff/searches", {"q": order})
    SHAPES["POST", "/staff/searches"].model_validate(found)
    hits = found["hits"]

    kinds = {hit["kind"]: hit["id"] for hit in hits}
    assert kinds == {"checkout": bought.checkout_id, "loan": bought.loan_id}
    legs = (await shaped(finance, "/staff/loans/{loan_id}/legs", loan_id=kinds["loan"]))["legs"]
    leg = await shaped(finance, "/staff/ledger/transactions/{transaction_id}", transaction_id=legs[0]["transaction_id"])
    assert leg["loan_id"] == bought.loan_id
    for asked in (bought.checkout_id, bought.loan_id, legs[0]["transaction_id"]):
        assert (await finance.post("/staff/searches", {"q": asked}))["hits"], asked


async def test_people_are_found_by_their_number_or_its_mask_by_those_who_are_there_for_people(world: World):
    bought = await world.lent()
    collector, finance = await world.colleague("collector"), await world.colleague("finance")
    mobile = bought.shopper.mobile

    exact = (await collector.post("/staff/searches", {"q": mobile}))["hits"]
    masked = (await collector.post("/staff/searches", {"q": f"{mobile[:3]}****{mobile[-4:]}"}))["hits"]

    assert exact == masked
    assert [hit["kind"] for hit in exact] == ["customer"]
    assert mobile not in str(exact)
    headers = {"authorization": f"Bearer {finance.token}"}
    answer = await world.http.post("/staff/searches", json={"q": mobile}, headers=headers)
    assert refusal(answer) == (403, "role_missing")
    compliance = await world.colleague("compliance")
    assert mobile not in str(await compliance.get("/staff/audit"))
    assert (await collector.post("/staff/searches", {"q": "19900001111"}))["hits"] == []


async def test_a_look_behind_the_mask_needs_a_reason_and_is_kept(world: World):
    bought = await world.lent()
    collector, compliance = await world.colleague("collector"), await world.colleague("compliance")
    file = await collector.get(f"/staff/loans/{bought.loan_id}/file")
    path = f"/staff/customers/{file['customer_id']}"
    masked = await shaped(collector, "/staff/customers/{customer_id}", customer_id=file["customer_id"])
    assert [line["loan_id"] for line in masked["loans"]] == [bought.loan_id]
    assert bought.shopper.name not in str(masked)

    headers = {"authorization": f"Bearer {collector.token}"}
    assert (await world.http.post(f"{path}/looks", json={"reason": " "}, headers=headers)).status_code == 400
    seen = await collector.post(f"{path}/looks", {"reason": "call about arrears"})

    assert (seen["mobile"], seen["name"]) == (bought.shopper.mobile, bought.shopper.name)
    (line, *_) = (await compliance.get("/staff/audit"))["audit"]
    assert (line["action"], line["subject"], line["detail"]) == (
        "looked_at_customer",
        file["customer_id"],
        {"reason": "call about arrears"},
    )


async def test_the_books_read_as_they_are_kept(world: World):
    bought = await world.lent()
    await world.close_days(3)
    finance = await world.colleague("finance")

    (principal,) = [
        line
        for line in (await shaped(finance, f"/staff/ledger/accounts?owner={bought.loan_id}", "/staff/ledger/accounts"))[
            "accounts"
        ]
        if line["kind"] == "loan_principal"
    ]
    balance = await shaped(finance, "/staff/ledger/trial-balance")
    journal = await shaped(
        finance, f"/staff/ledger/journal?bucket={principal['bucket']}&limit=1", "/staff/ledger/journal"
    )

    assert principal["balance_minor"] == PRICE_MINOR
    assert balance["debits_minor"] == balance["credits_minor"] > 0
    assert journal["next"] == str(journal["legs"][0]["seq"])
    of_kind = await finance.get("/staff/ledger/accounts?kind=loan_principal")
    assert principal["account_id"] in {line["account_id"] for line in of_kind["accounts"]}
    days = await shaped(finance, "/staff/days")
    assert days["closed_through"] is not None


async def test_a_merchants_open_items_become_a_settlement(world: World):
    await world.lent()
    finance = await world.colleague("finance")
    merchant_id = str(world.shop.merchant_id)
    (merchant,) = [
        each for each in (await shaped(finance, "/staff/merchants"))["merchants"] if each["merchant_id"] == merchant_id
    ]
    assert merchant["name_zh"]
    owed = await shaped(finance, "/staff/merchants/{merchant_id}/items", merchant_id=merchant_id)

    settled = await world.settle()

    SHAPES["POST", "/staff/merchants/{merchant_id}/settlements"].model_validate(settled)
    assert (await finance.get(f"/staff/merchants/{merchant_id}/items"))["items"] == []
    (line, *_) = (await shaped(finance, "/staff/merchants/{merchant_id}/settlements", merchant_id=merchant_id))[
        "settlements"
    ]
    lines = await finance.get(f"/staff/merchants/{merchant_id}/settlements/{line['settlement_id']}")
    SHAPES["GET", "/staff/merchants/{merchant_id}/settlements/{settlement_id}"].model_validate(lines)
    assert {each["item_id"] for each in lines["items"]} == {each["item_id"] for each in owed["items"]}


async def test_everybody_sees_how_much_waits_in_the_queues_that_are_theirs(world: World):
    before = {
        line["queue"]: line["count"]
        for line in (await (await world.colleague("risk")).get("/staff/waiting"))["waiting"]
    }
    await referred(world)

    told = {
        role: {
            line["queue"]: line["count"]
            for line in (await shaped(await world.colleague(role), "/staff/waiting"))["waiting"]
        }
        for role in ("risk", "finance", "agency")
    }

    assert told["risk"]["cases"] == before["cases"] + 1
    assert {"loan_changes", "money_cases"} <= told["finance"].keys()
    assert "cases" not in told["finance"]
    assert told["agency"] == {}
