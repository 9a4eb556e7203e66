"""Every list of the console: by each of its sorts, page after page, as one file, and what it refuses."""

import csv
import io
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from fenqi.api import (
    cases,
    collection,
    console_audit,
    console_complaint,
    console_contact_log,
    console_credit_report,
    console_hardship,
    console_ledger,
    console_limit,
    console_list,
    console_loan,
    console_merchant,
    console_money,
    console_warning,
)
from fenqi.api.access import ACCESS
from fenqi.api.listing import StaffList
from fenqi.api.shape.told import SHAPES
from fenqi.batch.book_risk import book_risk_due
from fenqi.batch.collect_due import collect_due
from fenqi.batch.refresh_limits import refresh_limits_due
from fenqi.batch.report_credit import report_credit as report_credit_due
from fenqi.batch.warn_due import warn_due
from fenqi.services import report_credit
from fenqi.services.find_loan import find_loan
from fenqi.simulation.caller import Colleague
from fenqi.stores.listing import Listing
from fenqi.wiring import SHANGHAI
from world import EVERY_BUCKET, Bought, Installed, World, open_world, refusal, well_spoken_of

pytestmark = pytest.mark.anyio
MERCHANT = "/staff/merchants/{merchant_id}"
LISTS: dict[str, tuple[StaffList[Any], str, str]] = {
    "/staff/decisions": (console_list.DECISIONS, "decision_id", "/staff/exports/decisions"),
    "/staff/loans": (console_list.LOANS, "loan_id", "/staff/exports/loans"),
    "/staff/cases": (cases.OPEN, "case_id", "/staff/exports/cases"),
    "/staff/closed-cases": (cases.ENDED, "case_id", "/staff/exports/closed-cases"),
    "/staff/loan-changes": (console_loan.WAITING, "change_id", "/staff/exports/loan-changes"),
    "/staff/merchants": (console_merchant.MERCHANTS, "merchant_id", "/staff/exports/merchants"),
    f"{MERCHANT}/settlements": (console_merchant.SETTLEMENTS, "settlement_id", "/staff/exports/settlements"),
    f"{MERCHANT}/items": (console_merchant.OPEN_ITEMS, "item_id", "/staff/exports/open-items"),
    f"{MERCHANT}/settlements/{{settlement_id}}": (
        console_merchant.SETTLEMENT_ITEMS,
        "item_id",
        "/staff/exports/settlement-items",
    ),
    "/staff/settlement-files": (console_money.FILES, "file_sha256", "/staff/exports/settlement-files"),
    "/staff/money-cases": (console_money.CASES, "case_id", "/staff/exports/money-cases"),
    "/staff/ledger/accounts": (console_ledger.OF_KIND, "account_id", "/staff/exports/accounts"),
    "/staff/ledger/journal": (console_ledger.JOURNAL, "seq", "/staff/exports/journal"),
    "/staff/hardship": (console_hardship.WAITING, "request_id", "/staff/exports/hardship"),
    "/staff/answered-hardship": (console_hardship.ANSWERED, "request_id", "/staff/exports/answered-hardship"),
    "/staff/warnings": (console_warning.LISTED, "warning_id", "/staff/exports/warnings"),
    "/staff/limits": (console_limit.MOVES, "change_id", "/staff/exports/limits"),
    "/staff/special-limits": (console_limit.SPECIAL_LIMITS, "special_id", "/staff/exports/special-limits"),
    "/staff/complaints": (console_complaint.COMPLAINTS, "complaint_id", "/staff/exports/complaints"),
    "/staff/credit-enquiries": (console_credit_report.ENQUIRIES, "enquiry_id", "/staff/exports/credit-enquiries"),
    "/staff/credit-records": (console_credit_report.RECORDS, "record_key", "/staff/exports/credit-records"),
    "/staff/credit-files": (console_credit_report.FILES, "file_id", "/staff/exports/credit-files"),
    "/staff/collection-cases": (collection.WORKLIST, "case_id", "/staff/exports/collection-cases"),
    "/staff/contacts": (console_contact_log.CONTACTS, "contact_id", "/staff/exports/contacts"),
    "/staff/audit": (console_audit.AUDIT, "audit_id", "/staff/exports/audit"),
}
NARROWED = {
    "/staff/ledger/accounts": {"kind": "loan_principal"},
    "/staff/answered-hardship": {"which": "ended"},
    "/staff/complaints": {"which": "all"},
}
EACH = pytest.mark.parametrize("route", LISTS)
HERE = "list"
IN_DIFFICULTY = {
    "cause": "job_loss",
    "text": "工厂停工了",
    "monthly_income_minor": 300_000,
    "monthly_living_minor": 200_000,
    "monthly_debts_minor": 20_000,
}


@pytest.fixture(scope="module")
async def world(
    anyio_backend: str, shared_installed: Installed, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[World]:
    """A house in which every list has several lines, many of them alike."""
    async with open_world(shared_installed, tmp_path_factory.mktemp(HERE)) as opened:
        await fill(opened)
        yield opened


async def fill(world: World) -> None:
    finance, collector = await world.colleague("finance"), await world.colleague("collector")
    late = [await world.lent() for _ in range(2)]
    in_difficulty = [await world.lent() for _ in range(4)]
    await fill_cases(world)
    await world.settle()
    await world.close_days(42)
    await collect_due(world.installation, lane=EVERY_BUCKET)
    await fill_credit_files(world)
    await fill_care(world, in_difficulty)
    await warn_due(world.installation, lane=EVERY_BUCKET)
    await refresh_limits_due(world.installation, lane=EVERY_BUCKET)
    await fill_special_limits(world, await world.lent())
    await world.decided(facts={"is_student": True})
    world.pass_time(timedelta(days=1))
    await world.settle()
    await world.lent(price_minor=240_000)
    world.business.at = world.business.at.replace(hour=3, minute=0)
    for bought in late:
        body = {"change": {"kind": "charge_off"}, "reason": "cannot be found", "request_id": uuid4().hex}
        await collector.post(f"/staff/loans/{bought.loan_id}/changes", body)
        call = {"purpose": "collection", "channel": "call", "template": "overdue", "request_id": uuid4().hex}
        await collector.post("/staff/contacts", call | {"loan_id": bought.loan_id})
        await world.another_shop()
    for amount_minor in (30_000, 30_000, 40_000):
        await finance.post("/staff/transfers", transfer(amount_minor))
    for days in (1, 2, 3):
        await finance.clear_channel(world.business.today() - timedelta(days=days))


async def fill_cases(world: World) -> None:
    unknown = replace(well_spoken_of(world.business.today()), record=None)
    waiting = [await world.decided(world.shopper(world.somebody(unknown))) for _ in range(4)]
    reviewer = await world.colleague("reviewer")
    for bought in waiting[:2]:
        answer = {"verdict": "decline", "reason": "no record"}
        await reviewer.post(f"/staff/decisions/{bought.decision['decision_id']}/reviews", answer)


async def fill_special_limits(world: World, bought: Bought) -> None:
    risk = await world.colleague("risk")
    async with world.installation.reading() as connection:
        customer_id = (await find_loan(connection, loan_id=UUID(bought.loan_id))).customer_id
    until_on = (world.business.today() + timedelta(days=30)).isoformat()
    body = {"customer_id": str(customer_id), "kind": "temporary", "until_on": until_on, "reason": "a wedding"}
    for _ in range(3):
        await risk.post("/staff/special-limits", body | {"amount_minor": 100_000})


async def fill_credit_files(world: World) -> None:
    await book_risk_due(world.installation, lane=EVERY_BUCKET)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(report_credit, "RECORDS_AT_ONCE", 1)
        for _ in range(3):
            await report_credit_due(world.installation, lane=EVERY_BUCKET)


async def fill_care(world: World, in_difficulty: list[Bought]) -> None:
    collector = await world.colleague("collector")
    for number, bought in enumerate(in_difficulty):
        request = await bought.shopper.post("/h5/hardship", IN_DIFFICULTY | {"request_id": uuid4().hex})
        if number % 2:
            refused = {"reason": "can be afforded"}
            await collector.post(f"/staff/hardship/{request['request_id']}/refusal", refused)
        words = {"cause": "cost", "text": "charged twice", "loan_id": bought.loan_id, "request_id": uuid4().hex}
        complaint = await bought.shopper.post("/h5/complaints", words)
        if number % 2:
            answer = {"outcome": "rejected", "answer": "charged once"}
            await collector.post(f"/staff/complaints/{complaint['complaint_id']}/answer", answer)


def transfer(amount_minor: int) -> dict[str, Any]:
    return {
        "way": "bank",
        "bank_reference": f"BANK-{uuid4().hex[:12]}",
        "payer": "张三",
        "amount_minor": amount_minor,
        "received_on": "2026-09-01",
    }


async def reader(world: World) -> Colleague:
    """Who may look at every list."""
    return await world.colleague("compliance")


async def narrowed(world: World, route: str) -> dict[str, str]:
    """What a list has to be told before it has lines."""
    named = {"merchant_id": str(world.shop.merchant_id)} if "{merchant_id}" in route else {}
    someone = await reader(world)
    if "{settlement_id}" in route:
        of_merchant = f"{MERCHANT}/settlements?sort=until_on".format(**named)
        named["settlement_id"] = (await someone.get(of_merchant))["settlements"][0]["settlement_id"]
    if route.endswith("/journal"):
        loan = (await someone.get("/staff/loans?sort=drawn_on"))["loans"][0]["loan_id"]
        accounts = (await someone.get(f"/staff/ledger/accounts?owner={loan}"))["accounts"]
        named["bucket"] = str(accounts[0]["bucket"])
    return named | NARROWED.get(route, {})


async def page(world: World, route: str, **query: Any) -> dict[str, Any]:
    """One page, held against the shape that the description tells of it."""
    asked = await narrowed(world, route)
    path = route.format(**asked)
    inside = {name: value for name, value in asked.items() if f"{{{name}}}" not in route}
    someone = await reader(world)
    headers = {"authorization": f"Bearer {someone.token}"}
    answer = await world.http.get(path, params=inside | query, headers=headers)
    assert answer.status_code == 200, answer.text
    SHAPES["GET", route].model_validate(answer.json())
    return answer.json()


async def export(world: World, path: str, **query: Any) -> list[dict[str, str]]:
    someone = await reader(world)
    answer = await world.http.get(path, params=query, headers={"authorization": f"Bearer {someone.token}"})
    assert answer.status_code == 200, answer.text
    assert answer.content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))


def orders(listing: Listing[Any]) -> list[str]:
    return [sign + name for name in listing.sorts for sign in ("", "-")]


def in_order(values: list[Any], *, falls: bool) -> bool:
    """Whether values follow one another as a sort says, those that are missing last."""
    known = [value for value in values if value is not None]
    return values[: len(known)] == sorted(known, reverse=falls)


@EACH
async def test_no_line_is_lost_or_twice_under_any_sort(world: World, route: str):
    which, key, _ = LISTS[route]
    everything = {line[key] for line in (await page(world, route, limit=200))[which.name]}
    assert len(everything) > 1

    for sort in orders(which.listing):
        seen: list[dict[str, Any]] = []
        after: str | None = ""
        while after is not None:
            found = await page(world, route, sort=sort, limit=2, **({"after": after} if after else {}))
            assert found["sort"] == sort
            assert len(found[which.name]) == 2 or found["next"] is None
            seen += found[which.name]
            after = found["next"]
        keys = [line[key] for line in seen]
        assert len(keys) == len(set(keys)), sort
        assert set(keys) == everything, sort
        assert in_order([line[sort.removeprefix("-")] for line in seen], falls=sort.startswith("-")), sort


async def test_the_trail_names_the_bucket_of_a_file_also_if_it_is_the_first(world: World):
    await export(world, "/staff/exports/journal", bucket=0)
    (noted, *_) = (await (await reader(world)).get("/staff/audit"))["audit"]
    assert (noted["action"], noted["detail"]["b"]) == ("exported_journal", "0")


@EACH
async def test_a_file_has_the_lines_of_the_list_in_its_order_and_is_noted(world: World, route: str):
    which, key, path = LISTS[route]
    asked = await narrowed(world, route)
    sort = orders(which.listing)[-1]
    lines = (await page(world, route, sort=sort, limit=200))[which.name]

    file = await export(world, path, sort=sort, **asked)

    keys = [line[key] for line in file]
    (noted, *_) = (await (await reader(world)).get("/staff/audit"))["audit"]
    assert (noted["action"], noted["detail"]["sort"]) == (f"exported_{which.file_name or which.name}", sort)
    assert set(file[0]) == set(lines[0])
    if route == "/staff/audit":  # the taking of the file is in it
        keys = [each for each in keys if each != noted["audit_id"]]
    assert keys == [str(line[key]) for line in lines]


@EACH
async def test_a_sort_that_a_list_does_not_have_is_refused_with_those_it_has(world: World, route: str):
    which, _, path = LISTS[route]
    asked = await narrowed(world, route)
    someone = await reader(world)
    headers = {"authorization": f"Bearer {someone.token}"}
    for address in (route.format(**asked), path):
        for sort in ("loan_id desc", "--decided_at", "-", "1"):
            answer = await world.http.get(address, params=asked | {"sort": sort}, headers=headers)
            assert refusal(answer) == (400, "sort_unknown")
            assert all(name in answer.json()["refusal"]["allowed"] for name in which.listing.sorts)


@pytest.mark.parametrize(
    ("sort", "after"),
    [
        ("", "nothing"),
        ("", "018f0000-0000-7000-8000-000000000000"),
        ("", "018f0000-0000-7000-8000-000000000000~yesterday"),
        ("", "018f0000-0000-7000-8000-000000000000~0001-01-01T00:00:00+14:00"),
        ("limit_minor", "018f0000-0000-7000-8000-000000000000~2026-09-01T00:00:00Z"),
        ("limit_minor", f"018f0000-0000-7000-8000-000000000000~{2**63}"),
        ("points", "x~1"),
    ],
)
async def test_what_is_no_place_in_a_list_is_refused(world: World, sort: str, after: str):
    someone = await reader(world)
    headers = {"authorization": f"Bearer {someone.token}"}
    answer = await world.http.get("/staff/decisions", params={"sort": sort, "after": after}, headers=headers)
    assert refusal(answer) == (400, "place_unreadable")


async def test_a_place_may_hold_any_text(world: World):
    someone = await reader(world)
    headers = {"authorization": f"Bearer {someone.token}"}
    path = f"{MERCHANT}/items".format(merchant_id=world.shop.merchant_id)
    for value in ("SHOP~1", "'; drop table loan; --", "手机", "", " "):
        asked = {"sort": "order_number", "after": f"018f0000-0000-7000-8000-000000000000~{value}"}
        assert (await world.http.get(path, params=asked, headers=headers)).status_code == 200


async def test_a_day_that_no_calendar_of_ours_has_is_refused(world: World):
    someone = await reader(world)
    headers = {"authorization": f"Bearer {someone.token}"}
    for day in ("0002-01-01", "9999-12-31"):
        answer = await world.http.get("/staff/decisions", params={"from_on": day}, headers=headers)
        assert refusal(answer) == (400, "request_invalid")


async def test_a_file_of_nothing_still_has_its_head(world: World):
    someone = await reader(world)
    headers = {"authorization": f"Bearer {someone.token}"}
    answer = await world.http.get("/staff/exports/loans?product_id=none", headers=headers)
    assert answer.text.startswith("\ufeffloan_id,")
    assert len(answer.text.splitlines()) == 1


async def test_a_file_holds_no_formula(world: World):
    risky = {"kind": "charge_off"}
    loan_id = (await (await reader(world)).get("/staff/loans?late=true"))["loans"][0]["loan_id"]
    collector = await world.colleague("collector")
    body = {"change": risky, "reason": "=HYPERLINK(1)", "request_id": uuid4().hex}
    await collector.post(f"/staff/loans/{loan_id}/changes", body)

    lines = await export(world, "/staff/exports/loan-changes")

    assert "'=HYPERLINK(1)" in {line["reason"] for line in lines}


async def test_the_trail_is_found_by_who_what_when_and_about_whom(world: World):
    bought = await world.lent()
    collector, reviewer = await world.colleague("collector"), await world.colleague("reviewer")
    customer_id = (await collector.get(f"/staff/loans/{bought.loan_id}/file"))["customer_id"]
    await collector.post(f"/staff/customers/{customer_id}/looks", {"reason": "call about arrears"})
    await reviewer.get(f"/staff/decisions/{bought.decision['decision_id']}")
    today = world.wall.now().astimezone(SHANGHAI).date()

    async def found(**query: Any) -> list[str]:
        return [line["action"] for line in (await page(world, "/staff/audit", **query))["audit"]]

    theirs = await found(customer_id=customer_id)
    assert theirs == ["looked_at_decision", "looked_at_customer"]
    assert await found(customer_id=customer_id, actor="collector") == ["looked_at_customer"]
    assert await found(subject=bought.decision["decision_id"]) == ["looked_at_decision"]
    assert await found(customer_id=customer_id, subject=bought.loan_id) == []
    assert await found(customer_id=uuid4()) == []
    assert set(await found(action="looked_at_customer")) == {"looked_at_customer"}
    assert await found(actor_kind="merchant") == []
    assert await found(customer_id=customer_id, from_on=today) == theirs
    assert await found(customer_id=customer_id, until_on=today) == []


async def test_lists_are_narrowed_by_what_staff_ask_for(world: World):
    async def count(route: str, **query: Any) -> int:
        return len((await page(world, route, limit=200, **query))[LISTS[route][0].name])

    everything, today = await count("/staff/loans"), world.business.today()
    assert await count("/staff/loans", merchant_id=world.shop.merchant_id) == everything
    assert await count("/staff/loans", product_id="none") == 0
    assert await count("/staff/loans", from_on=today) + await count("/staff/loans", until_on=today) == everything
    version = (await page(world, "/staff/decisions"))["decisions"][0]["strategy_version"]
    assert await count("/staff/decisions", strategy_version=version) == await count("/staff/decisions")
    assert await count("/staff/closed-cases", closed_by="reviewer") == await count("/staff/closed-cases") == 2
    assert await count("/staff/closed-cases", found="fraud") == 0
    assert await count("/staff/loan-changes", kind="charge_off", proposed_by="collector") >= 2
    assert await count("/staff/settlement-files", has_breaks=True) == 0
    assert await count("/staff/merchants", name="shop 0") + await count("/staff/merchants", name="SHOP") >= 2
    assert await count(f"{MERCHANT}/items", kind="captured") == await count(f"{MERCHANT}/items", kind="discount")
    legs = await count("/staff/ledger/journal")
    repaid = await count("/staff/ledger/journal", kind="draw_down")
    assert 0 < repaid < legs
    assert 0 < await count("/staff/ledger/journal", account="loan_principal") < legs


def test_a_file_is_open_to_nobody_who_may_not_see_its_list():
    for route, (_, _, path) in LISTS.items():
        assert ACCESS["GET", path] <= ACCESS["GET", route], path
    assert ACCESS["GET", "/staff/exports/trial-balance"] == ACCESS["GET", "/staff/ledger/trial-balance"]
