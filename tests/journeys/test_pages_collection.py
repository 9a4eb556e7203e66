"""The collector's workspace in a browser, by keyboard alone; agencies, and the court under four eyes."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from at_the_console import log_in
from collecting import at_hour, late_case
from looking import look

WORDS = {
    "zh-CN": {
        "amount": "金额（元）",
        "by": "还款日",
        "keep": "记录承诺",
        "tell": "记录结果",
        "step": "执行这一步",
        "out_of_hours": "最早可联系时间",
    },
    "en": {
        "amount": "Amount (yuan)",
        "by": "By",
        "keep": "Keep the promise",
        "tell": "Keep the outcome",
        "step": "Take this step",
        "out_of_hours": "Allowed from",
    },
}
BOTH = pytest.mark.parametrize("language", WORDS)


@BOTH
def test_a_collector_calls_and_keeps_a_promise_by_keyboard_alone(journey, language: str):
    world, words = journey.service.world, WORDS[language]
    bought, at = journey.service.wait(late_case(world))
    at_hour(world, 11)
    page = log_in(journey, "collector", "/staff/collection-cases", language=language)
    expect(page.locator("main table")).to_be_visible()
    look(page, f"console-collection-{language}")

    page.locator("main table a").first.focus()
    page.keyboard.press("Alt+n")
    page.wait_for_url("**/collection-cases/*")
    journey.go(at, language=language)
    expect(page.locator("main h1")).to_be_visible()
    expect(page.locator("main")).not_to_contain_text(bought.shopper.mobile)
    look(page, f"console-collection-case-{language}")
    page.keyboard.press("Alt+c")
    expect(page.locator("main")).to_contain_text(bought.shopper.mobile)
    tell = page.get_by_role("button", name=words["tell"])
    tell.focus()
    page.keyboard.press("Enter")
    expect(tell).to_be_disabled()

    page.get_by_label(words["amount"], exact=True).focus()
    page.keyboard.type("100.00")
    page.get_by_label(words["by"], exact=True).fill((world.business.today() + timedelta(days=2)).isoformat())
    page.get_by_label(words["amount"], exact=True).press("Enter")
    expect(page.locator("main")).to_contain_text("¥100.00")
    expect(page.locator(".events")).to_contain_text("collector")


def test_what_the_law_refuses_says_from_when_it_is_allowed(journey):
    world = journey.service.world
    _, at = journey.service.wait(late_case(world))
    at_hour(world, 22, 1)
    page = log_in(journey, "collector", at)
    refused = page.locator("main li", has_text="电话").first
    expect(refused).to_contain_text("GB/T 45251-2025")
    expect(refused).to_contain_text(re.compile(r"08:00"))


def test_risk_reads_the_agencies_and_the_court_takes_two(journey):
    world = journey.service.world
    _, at = journey.service.wait(late_case(world))
    page = log_in(journey, "collector", at)
    page.get_by_role("button", name=WORDS["zh-CN"]["step"]).click()
    expect(page.locator("main dl")).to_contain_text("提议诉讼")
    page = log_in(journey, "risk", "/staff/agencies")
    expect(page.locator("main table")).to_contain_text("Demo Agency")
    look(page, "console-agencies")


@BOTH
def test_finance_reads_what_collection_cost_and_brought(journey, language: str):
    world = journey.service.world
    _, at = journey.service.wait(late_case(world))
    at_hour(world, 11)
    call = {"channel": "call", "template": "overdue", "request_id": f"call-{language}-figures"}
    collector = journey.service.wait(world.colleague("collector"))
    journey.service.wait(collector.post(f"{at}/contacts", call))
    page = log_in(journey, "finance", "/staff/collection-figures", language=language)
    expect(page.locator("main table")).to_contain_text("¥")
    look(page, f"console-collection-figures-{language}")
