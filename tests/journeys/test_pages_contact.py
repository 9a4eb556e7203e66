"""What borrowers are told, in the console: the log of contacts, and the texts under four eyes."""

import pytest
from playwright.sync_api import expect

from at_the_console import log_in
from looking import look
from world import World

WORDS = {
    "zh-CN": {"call": "电话", "propose": "提议新版本", "zh": "中文", "en": "英文", "name": "名称", "approve": "批准"},
    "en": {
        "call": "Call",
        "propose": "Propose a version",
        "zh": "Chinese",
        "en": "English",
        "name": "Name",
        "approve": "Approve",
    },
}
BOTH = pytest.mark.parametrize("language", WORDS)


async def called(world: World) -> str:
    bought = await world.lent()
    collector = await world.colleague("collector")
    world.business.at = world.business.at.replace(hour=3, minute=0)
    body = {"loan_id": bought.loan_id, "purpose": "collection", "channel": "call", "template": "overdue"}
    await collector.post("/staff/contacts", body | {"request_id": f"call-{bought.loan_id[:8]}"})
    return bought.loan_id


@BOTH
def test_compliance_reads_who_was_called_and_takes_it_away(journey, language: str):
    journey.service.wait(called(journey.service.world))
    page = log_in(journey, "compliance", "/staff/contacts?channel=call", language=language)
    expect(page.locator("main table")).to_contain_text(WORDS[language]["call"])
    look(page, f"console-contacts-{language}")
    with page.expect_download() as kept:
        page.locator(".list-ends button").click()
    assert kept.value.suggested_filename == "contacts.csv"


@BOTH
def test_one_proposes_a_text_and_another_approves_it(journey, language: str):
    words = WORDS[language]
    name = f"late_{language[:2]}"
    page = log_in(journey, "collector", "/staff/templates", language=language)
    page.get_by_label(words["name"]).fill(name)
    page.get_by_label(words["zh"]).fill("未还 {amuont} 元")
    page.get_by_label(words["en"], exact=True).fill("{amount} yuan are late")
    page.get_by_role("button", name=words["propose"]).click()
    expect(page.get_by_role("alert")).to_contain_text("template_field_unknown")
    page.get_by_label(words["zh"]).fill("未还 {amount} 元")
    page.get_by_role("button", name=words["propose"]).click()
    line = page.locator("tr", has_text=name)
    expect(line).to_contain_text("collector")
    look(page, f"console-templates-{language}")
    day = journey.service.world.business.today().isoformat()
    line.locator("input[type=date]").fill(day)
    line.get_by_role("button", name=words["approve"]).click()
    expect(page.get_by_role("alert")).to_contain_text("template_own_proposal")

    log_in(journey, "risk", "/staff/templates", language=language)
    line.locator("input[type=date]").fill(day)
    line.get_by_role("button", name=words["approve"]).click()
    expect(line).to_contain_text("risk")
