"""The console's lists in a browser: sorted, filtered, reloaded, turned and taken away, also by keyboard alone."""

import csv
import re
from collections.abc import Coroutine
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Locator, Page, expect

from at_the_console import log_in
from fenqi.batch.warn_due import warn_due
from fenqi.core.warning.strategy import Action
from looking import look
from warned import judge_by
from world import EVERY_BUCKET, Bought, World

WORDS = {
    "zh-CN": {"export": "导出 CSV", "columns": "显示列", "next": "下一页"},
    "en": {"export": "Export CSV", "columns": "Columns", "next": "Next page"},
}
LISTS = (
    "decisions",
    "cases",
    "closed-cases",
    "loans",
    "loan-changes",
    "contacts",
    "warnings",
    "limits",
    "special-limits",
    "hardship",
    "answered-hardship",
    "complaints",
    "credit-records",
    "credit-files",
    "credit-enquiries",
    "merchants",
    "reconciliation",
    "ledger/accounts",
    "ledger/journal",
    "ledger/trial-balance",
    "audit",
)
LINES, DEAR_MINOR, CHEAP_MINOR = 55, 240_000, 120_000


@pytest.fixture(scope="module")
def filled(service) -> list[Bought]:
    """More applications than a page holds, two loans, and something in every other list."""
    return service.wait(fill(service.world))


async def fill(world: World) -> list[Bought]:
    await judge_by(world, held_out_permille=0, actions=(Action.CALL,))
    lent = [await world.lent(price_minor=price) for price in (DEAR_MINOR, CHEAP_MINOR)]
    await world.settle()
    await world.close_days(42)
    collector, finance = await world.colleague("collector"), await world.colleague("finance")
    body = {"change": {"kind": "charge_off"}, "reason": "cannot be found", "request_id": uuid4().hex}
    await collector.post(f"/staff/loans/{lent[0].loan_id}/changes", body)
    transfer = {"way": "bank", "bank_reference": f"B-{uuid4().hex}", "payer": "张三", "amount_minor": 30_000}
    await finance.post("/staff/transfers", transfer | {"received_on": "2026-09-01"})
    await finance.clear_channel(world.business.today() - timedelta(days=1))
    await warn_due(world.installation, lane=EVERY_BUCKET)
    for number in range(LINES):
        await finance.post("/staff/searches", {"q": f"NO-SUCH-ORDER-{number}"})
    return lent


def enter(journey, path: str, language: str = "zh-CN") -> dict[str, str]:
    """Log in as somebody who may look at every list; the words of the language."""
    log_in(journey, "compliance", path, language=language)
    return WORDS[language]


def settled(page: Page) -> None:
    """Whatever was asked for has come."""
    expect(page.locator("main [aria-busy=true]")).to_have_count(0)


def column(page: Page, place: int) -> Locator:
    """The cells of a column, counted from one."""
    return page.locator(f"main table tbody td:nth-child({place})")


@pytest.mark.parametrize("language", WORDS)
def test_every_list_is_readable_by_everybody(journey, filled, language: str):
    words, page = enter(journey, "/staff", language), journey.page
    merchant = f"merchants/{journey.service.world.shop.merchant_id}"
    for place in (*LISTS, merchant):
        journey.go(f"/staff/{place}", language=language)
        expect(page.locator("main h1")).to_be_visible()
        settled(page)
        expect(page.get_by_role("button", name=words["export"]).first).to_be_visible()
        look(page, f"list-{place.partition('/')[0]}-{place.rpartition('/')[2][:20]}-{language}")


CALLING = {
    "zh-CN": {
        "why": "有已到期未付的分期",
        "begin": "开始通话",
        "dial": "请拨打",
        "said": "客户表示",
        "words": "说明",
        "tell": "记录结果",
        "no_calls": "不希望再来电",
        "rules": "预警策略",
        "held": "执行中",
    },
    "en": {
        "why": "An instalment is past its day",
        "begin": "Begin the call",
        "dial": "Call 1",
        "said": "The borrower said",
        "words": "In words",
        "tell": "Keep the answer",
        "no_calls": "wants no calls",
        "rules": "Warning strategies",
        "held": "in force",
    },
}


@pytest.mark.parametrize("language", CALLING)
def test_a_warning_tells_why_and_its_call_is_made_and_answered(journey, filled, language: str):
    words, page = CALLING[language], log_in(journey, "risk", "/staff/warnings?call=to_make", language=language)
    page.locator("main table a[href*='/warnings/']").first.click()
    expect(page.locator("main")).to_contain_text(words["why"])
    page.get_by_role("button", name=words["begin"]).click()
    expect(page.get_by_role("status").filter(has_text=words["dial"])).to_be_visible()
    page.get_by_label(words["said"]).select_option(label=words["no_calls"])
    page.get_by_label(words["words"]).fill("asked twice")
    look(page, f"warning-{language}")
    page.get_by_role("button", name=words["tell"]).click()
    expect(page.locator("main tbody td").filter(has_text=words["no_calls"])).to_be_visible()
    expect(page.get_by_role("button", name=words["begin"])).to_have_count(0)

    page.get_by_role("link", name=words["rules"], exact=True).click()
    expect(page.get_by_role("heading", name=words["held"])).to_be_visible()
    look(page, f"warning-rules-{language}")


def test_a_head_sorts_the_list_and_the_address_keeps_it(journey, filled):
    _, page = enter(journey, "/staff/loans?status=active"), journey.page
    expect(page.locator("th[aria-sort=descending]")).to_contain_text("放款日")

    page.get_by_role("button", name="本金").click()
    page.wait_for_url("**sort=-principal_minor**")
    expect(column(page, 4)).to_have_text(["¥2,400.00", "¥1,200.00"])
    page.get_by_role("button", name="本金").click()
    page.wait_for_url("**sort=principal_minor**")
    expect(column(page, 4)).to_have_text(["¥1,200.00", "¥2,400.00"])

    page.reload()
    expect(page.locator("th[aria-sort=ascending]")).to_contain_text("本金")
    expect(column(page, 4)).to_have_text(["¥1,200.00", "¥2,400.00"])
    page.go_back()
    expect(column(page, 4)).to_have_text(["¥2,400.00", "¥1,200.00"])
    page.go_forward()
    with page.expect_download() as saved:
        page.get_by_role("button", name="导出 CSV").click()
    lines = list(csv.DictReader(saved.value.path().read_text(encoding="utf-8-sig").splitlines()))
    assert [line["principal_minor"] for line in lines] == [str(CHEAP_MINOR), str(DEAR_MINOR)]
    assert {line["status"] for line in lines} == {"active"}


def test_a_list_is_worked_by_keyboard_alone(journey, filled):
    words, page = enter(journey, "/staff/audit?action=searched"), journey.page
    settled(page)
    expect(column(page, 1)).to_have_count(50)

    page.get_by_role("link", name=words["next"]).focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**after=**")
    expect(column(page, 1)).to_have_count(LINES - 50)
    expect(page.locator("main .scroll")).to_be_focused()
    page.reload()
    settled(page)
    page.get_by_role("link", name="上一页").focus()
    page.keyboard.press("Enter")
    expect(column(page, 1)).to_have_count(50)

    newest = column(page, 1).first.inner_text()
    page.get_by_role("button", name="时间").focus()
    page.keyboard.press("Space")
    page.wait_for_url("**sort=recorded_at**")
    expect(page.locator("th[aria-sort=ascending]")).to_contain_text("时间")
    settled(page)
    assert column(page, 1).first.inner_text() <= newest
    expect(page.get_by_role("button", name="时间")).to_be_focused()

    heads = page.locator("main th")
    before = heads.count()
    page.locator("summary", has_text=words["columns"]).focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(heads).to_have_count(before - 1)
    page.keyboard.press("Space")
    expect(heads).to_have_count(before)
    look(page, "list-audit-columns")
    page.keyboard.press("Escape")
    expect(page.locator("details[open]")).to_have_count(0)
    expect(page.locator("summary", has_text=words["columns"])).to_be_focused()


def test_the_trail_about_a_customer_is_one_step_from_them(journey, filled):
    world = journey.service.world
    _, page = enter(journey, f"/staff/decisions/{filled[0].decision['decision_id']}"), journey.page
    file = journey.service.wait(file_of(world, filled[0].loan_id))

    journey.go(f"/staff/customers/{file['customer_id']}")
    page.locator("main a[href*='/audit?customer_id=']").click()

    settled(page)
    expect(column(page, 3).first).to_contain_text("决策")
    expect(page.get_by_label("客户编号", exact=False)).to_have_value(file["customer_id"])
    page.get_by_role("button", name="清除筛选和排序").click()
    expect(page).to_have_url(re.compile(r"/staff/audit(\?lang=[\w-]+)?$"))


def file_of(world: World, loan_id: str) -> Coroutine[Any, Any, dict[str, Any]]:
    async def found() -> dict[str, Any]:
        compliance = await world.colleague("compliance")
        return await compliance.get(f"/staff/loans/{loan_id}/file")

    return found()


def test_a_sort_that_is_not_there_is_refused_with_those_that_are(journey, filled):
    _, page = enter(journey, "/staff/loans?sort=interest"), journey.page

    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("sort_unknown")
    expect(alert).to_contain_text("outstanding_minor")
    page.get_by_role("button", name="清除筛选和排序").click()

    expect(column(page, 1)).to_have_count(2)
