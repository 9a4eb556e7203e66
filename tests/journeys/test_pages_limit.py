"""A credit line in a browser: what its borrower sees of a move, and how staff change the rules and grant beside it."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from at_the_console import log_in
from fenqi.batch.refresh_limits import refresh_limits_due
from fenqi.core.dates.business_day import payable_until
from looking import look
from world import EVERY_BUCKET, Bought, World

WORDS = {
    "zh-CN": {
        "open": "额度与变动记录",
        "suspended": "额度已暂停使用",
        "late": "还清逾期款项",
        "switch": "允许自动提额",
        "off": "您已关闭自动提额",
        "moves": "额度变动",
        "cause": "首日逾期",
        "replays": "重新评估结果一致",
        "rules": "额度规则",
        "held": "执行中",
        "remark": "说明",
        "text": "规则内容（JSON）",
        "propose": "提出新版本",
        "proposed": "已提出",
        "try": "试算",
        "all": "全部",
    },
    "en": {
        "open": "Credit line and history",
        "suspended": "Your credit line is suspended",
        "late": "Pay what is late",
        "switch": "My credit line may be raised",
        "off": "You switched rises off",
        "moves": "Moves of credit lines",
        "cause": "first late day",
        "replays": "Looking again comes to the same bytes",
        "rules": "Rules",
        "held": "in force",
        "remark": "Remark",
        "text": "The rules (JSON)",
        "propose": "Propose a version",
        "proposed": "Proposed",
        "try": "Try",
        "all": "all",
    },
}


async def became_late(world: World) -> Bought:
    """Somebody whose first instalment is a day late, and whose line was looked at."""
    bought = await world.lent()
    due_on = date.fromisoformat((await bought.shopper.loan(bought.loan_id))["instalments"][0]["due_on"])
    late_on = payable_until(due_on, overrides={}) + timedelta(days=1)
    world.pass_time(timedelta(days=(late_on - world.business.today()).days))
    await refresh_limits_due(world.installation, lane=EVERY_BUCKET)
    return bought


@pytest.mark.parametrize("language", WORDS)
def test_a_borrower_sees_why_the_line_moved_and_switches_rises_off(journey, language: str):
    words, page, world = WORDS[language], journey.page, journey.service.world
    bought = journey.service.wait(became_late(world))
    page.add_init_script(f"localStorage.setItem('fenqi.customer', '{bought.shopper.token}')")
    journey.go("/h5/", language=language)
    page.get_by_role("link", name=words["open"]).click()
    expect(page.get_by_role("status").filter(has_text=words["suspended"])).to_be_visible()
    expect(page.get_by_text(words["late"]).first).to_be_visible()
    expect(page.locator("article.card")).to_have_count(2)
    page.get_by_label(words["switch"]).click()
    expect(page.get_by_text(words["off"]).first).to_be_visible()
    look(page, f"limit-1-mine-{language}")


@pytest.mark.parametrize("language", WORDS)
def test_risk_looks_at_moves_and_tries_new_rules_on_the_book(journey, language: str):
    words = WORDS[language]
    journey.service.wait(became_late(journey.service.world))
    page = log_in(journey, "risk", "/staff/limits", language=language)
    expect(page.get_by_role("heading", name=words["moves"], exact=True)).to_be_visible()
    line = page.locator("tbody tr").filter(has_text=words["cause"]).first
    look(page, f"limit-2-moves-{language}")
    line.get_by_role("link").first.click()
    expect(page.get_by_role("status").filter(has_text=words["replays"])).to_be_visible()
    look(page, f"limit-3-move-{language}")

    page.get_by_role("link", name=words["rules"], exact=True).click()
    expect(page.get_by_role("heading", name=words["held"])).to_be_visible()
    text = page.locator("details pre").last.text_content() or ""
    points = "19" if language == "en" else "18"
    page.get_by_label(words["text"]).fill(text.replace("-20", f"-{points}"))
    page.get_by_label(words["remark"], exact=True).fill("a little kinder")
    page.get_by_role("button", name=words["propose"]).click()
    expect(page.get_by_role("status").filter(has_text=words["proposed"])).to_be_visible()
    page.get_by_role("button", name=words["try"], exact=True).first.click()
    expect(page.locator("tbody td").filter(has_text=words["all"]).first).to_be_visible()
    expect(page.locator(".ant-btn-loading")).to_have_count(0)
    look(page, f"limit-4-rules-{language}")


@pytest.mark.parametrize("language", WORDS)
def test_special_limits_are_listed_and_proposed(journey, language: str):
    page = log_in(journey, "risk", "/staff/special-limits", language=language)
    expect(page.locator("main h1")).to_be_visible()
    look(page, f"limit-5-special-{language}")
