"""The staff console in a browser: finance finds legs, a reviewer answers, a collector looks behind the mask."""

import re
from dataclasses import replace

import pytest
from playwright.sync_api import expect

from at_the_console import log_in
from fenqi.settings import PROJECT
from looking import look
from world import Bought, World, well_spoken_of

WORDS = {
    "zh-CN": {
        "login": "账号",
        "enter": "登录",
        "leave": "退出登录",
        "search": "订单号、借款、支付页、交易编号或手机号",
        "legs": "分录",
        "principal": "贷款本金",
        "owed": "应付商户款",
        "reason": "理由（至少 5 个字，会保存）",
        "approve": "批准",
        "take_next": "领取下一个",
        "say": "备注或理由（至少 5 个字，会保存）",
        "note": "写下备注",
        "pass_on": "上交策略负责人",
        "said": "批准 — payslips were seen",
    },
    "en": {
        "login": "Login",
        "enter": "Log in",
        "leave": "Log out",
        "search": "Order number, loan, checkout, transaction or mobile",
        "legs": "Legs",
        "principal": "Loan principal",
        "owed": "Owed to merchants",
        "reason": "Reason (5 characters at least; it is kept)",
        "approve": "Approve",
        "take_next": "Take the next one",
        "say": "Note or reason (5 characters at least; it is kept)",
        "note": "Write down",
        "pass_on": "Pass on to the strategy lead",
        "said": "Approved — payslips were seen",
    },
}
BOTH = pytest.mark.parametrize("language", WORDS)


def enter(journey, role: str, path: str, language: str = "zh-CN") -> dict[str, str]:
    """Log in at an address; the words of the language."""
    log_in(journey, role, path, language=language)
    return WORDS[language]


async def referred(world: World) -> Bought:
    known = replace(well_spoken_of(world.business.today()), record=None)
    return await world.decided(world.shopper(world.somebody(known)))


@BOTH
def test_finance_finds_the_legs_of_an_order(journey, language: str):
    world = journey.service.world
    bought = journey.service.wait(world.lent())
    order = journey.service.wait(world.shop.get(f"/v1/checkouts/{bought.checkout_id}"))["order_number"]
    words, page = enter(journey, "finance", "/staff", language), journey.page

    page.get_by_label(words["search"]).fill(order)
    page.keyboard.press("Enter")
    page.locator(f"a[href$='/loans/{bought.loan_id}']").click()

    legs = page.locator(f".scroll[aria-label='{words['legs']}']")
    expect(legs).to_contain_text(words["principal"])
    expect(legs).to_contain_text(words["owed"])
    expect(legs).to_contain_text("¥5,999.00")
    look(page, f"console-loan-{language}")
    legs.get_by_role("link").first.click()
    expect(page.locator("main")).to_contain_text(words["principal"])
    look(page, f"console-transaction-{language}")


@BOTH
def test_a_reviewer_answers_a_referred_application(journey, language: str):
    bought = journey.service.wait(referred(journey.service.world))
    words, page = enter(journey, "reviewer", "/staff/decisions?unanswered=true", language), journey.page
    look(page, f"console-decisions-{language}")

    page.locator(f"a[href$='/decisions/{bought.decision['decision_id']}']").click()
    approve = page.get_by_role("button", name=words["approve"])
    expect(approve).to_be_disabled()
    page.get_by_label(words["reason"]).fill("payslips were seen")
    look(page, f"console-decision-{language}")
    approve.click()

    expect(page.locator("main")).to_contain_text(words["said"])
    expect(approve).to_have_count(0)
    seen = journey.service.wait(bought.shopper.get(f"/h5/checkouts/{bought.checkout_id}/decision"))
    assert seen["offers"]


@BOTH
def test_a_reviewer_takes_the_next_case_writes_down_and_passes_it_on(journey, language: str):
    bought = journey.service.wait(referred(journey.service.world))
    words, page = enter(journey, "reviewer", "/staff/cases", language), journey.page
    expect(page.get_by_text("¥5,999.00").first).to_be_visible()
    look(page, f"console-cases-{language}")

    page.get_by_role("button", name=words["take_next"]).click()
    page.get_by_label(words["say"]).fill("the lease shows two names")
    look(page, f"console-case-{language}")
    page.get_by_role("button", name=words["note"]).click()
    expect(page.locator(".events")).to_contain_text("the lease shows two names")
    page.get_by_label(words["say"]).fill("who of them lives there?")
    page.get_by_role("button", name=words["pass_on"]).click()

    expect(page.locator(".events")).to_contain_text("who of them lives there?")
    page.get_by_role("button", name=words["leave"]).click()
    enter(journey, "risk", f"/staff/decisions/{bought.decision['decision_id']}", language)
    page.get_by_label(words["reason"]).fill("it is her mother")
    page.get_by_role("button", name=words["approve"]).click()
    expect(page.locator("main")).to_contain_text("it is her mother")
    journey.go("/staff/case-figures", language=language)
    expect(page.locator("main")).to_contain_text("risk")
    look(page, f"console-case-figures-{language}")
    journey.go("/staff/closed-cases", language=language)
    expect(page.locator("main a[href*='/cases/']").first).to_be_visible()
    look(page, f"console-closed-cases-{language}")


@BOTH
def test_risk_reads_the_portfolio_and_keeps_a_table(journey, language: str):
    world = journey.service.world
    journey.service.wait(world.lent())
    journey.service.wait(world.close_days(65))
    _, page = enter(journey, "risk", "/staff/portfolio", language), journey.page

    expect(page.locator(".chart svg")).to_have_count(2)
    look(page, f"console-portfolio-{language}")
    page.locator("main .ant-radio-button-wrapper", has_text="91").click()
    expect(page).to_have_url(re.compile("late_days=91"))
    with page.expect_download() as kept:
        page.locator("main section", has=page.locator(".chart")).first.get_by_role("button").click()
    assert kept.value.suggested_filename == "arrears.csv"


def test_who_looks_behind_the_mask_says_why(journey):
    world = journey.service.world
    bought = journey.service.wait(world.lent())
    words, page = enter(journey, "collector", "/staff"), journey.page
    mobile = bought.shopper.mobile
    addresses: list[str] = []
    page.on("request", lambda request: addresses.append(request.url))

    page.get_by_label(words["search"]).fill(f"+86 {mobile[:3]} {mobile[3:7]} {mobile[7:]}")
    page.keyboard.press("Enter")
    page.wait_for_url("**/staff/search**")
    assert not any(mobile in address for address in (page.url, *addresses))
    page.reload()
    page.locator("main a[href*='/customers/']").click()
    main = page.locator("main")
    expect(main.get_by_role("heading", level=1)).to_contain_text("****")
    expect(main).not_to_contain_text(bought.shopper.name)
    main.get_by_label("查看理由").fill("逾期后电话联系")
    main.get_by_role("button", name="查看完整资料").click()

    expect(main).to_contain_text(bought.shopper.name)
    expect(main).to_contain_text(bought.shopper.mobile)
    look(page, "console-customer")
    page.reload()
    expect(main.get_by_role("heading", level=1)).to_contain_text("****")
    expect(main).not_to_contain_text(bought.shopper.name)


def test_every_place_opens_for_compliance_and_the_books_hold(journey):
    journey.service.wait(journey.service.world.lent())
    _, page = enter(journey, "compliance", "/staff"), journey.page
    look(page, "console-home")
    for place in ("loans", "ledger/trial-balance", "ledger/accounts", "ledger/journal", "days", "merchants", "audit"):
        page.locator(f".staff-nav a[href$='/{place}']").click()
        expect(page.locator("main h1")).to_be_visible()
        expect(page.locator("main [aria-busy=true]")).to_have_count(0)
        expect(page.get_by_role("alert")).to_have_count(0)
    journey.go("/staff/days")
    look(page, "console-days")

    page.locator(".staff-nav a[href$='/verification']").click()
    page.get_by_role("button", name="开始核验").click()
    expect(page.get_by_text("全部成立")).to_be_visible()


def test_a_role_sees_only_its_own_places_and_leaves_by_logging_out(journey):
    words, page = enter(journey, "collector", "/staff"), journey.page
    places, _ = (PROJECT / "web" / "staff" / "src" / "places.ts").read_text(encoding="utf-8").split("SEARCHERS")
    expect(page.locator(".staff-nav a")).to_have_count(1 + places.count("'collector'"))
    journey.go("/staff/audit")
    expect(page.get_by_role("alert")).to_contain_text("role_missing")

    page.get_by_role("button", name=words["leave"]).click()

    expect(page.get_by_label(words["login"], exact=True)).to_be_visible()


def test_a_filter_stays_in_the_address_and_its_lines_leave_as_a_file(journey):
    journey.service.wait(journey.service.world.decided())
    _, page = enter(journey, "risk", "/staff/decisions"), journey.page

    page.locator("label.ant-radio-button-wrapper", has_text="拒绝").click()
    page.wait_for_url("**outcome=decline**")
    page.reload()
    expect(page.locator("label.ant-radio-button-wrapper-checked")).to_have_text("拒绝")
    page.locator("label.ant-radio-button-wrapper", has_text="批准").click()
    with page.expect_download() as saved:
        page.get_by_role("button", name="导出 CSV").click()

    assert saved.value.suggested_filename == "decisions.csv"
    lines = saved.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert lines[0].startswith("decision_id,")
    assert len(lines) > 1
