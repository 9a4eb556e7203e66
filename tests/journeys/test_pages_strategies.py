"""Strategies in the console: proposed, proved, compared, approved by another; and the halt of all deciding."""

import pytest
from applying import with_value
from playwright.sync_api import Page, expect

from at_the_console import log_in
from fenqi.workers.back_test import run_back_test
from fenqi.workers.shadow import shadow_decided
from fenqi.workers.strategy_check import check_proposed
from looking import look

WHY = "as the committee wants it"
INPUTS = 400


def propose(journey, page: Page) -> None:
    """Send the version in, and wait until the engine was asked."""
    page.get_by_label("名称（英文小写）").fill("stricter")
    page.get_by_label("说明").fill(WHY)
    page.get_by_label("图的内容").fill(with_value("approve_points_min", "9000"))
    page.get_by_role("button", name="提议新版本").click()
    expect(page.get_by_text("核对中…")).to_be_visible()
    assert journey.service.wait(check_proposed(journey.service.world.installation, inputs=INPUTS)) == 1
    expect(page.get_by_text(f"{INPUTS} 组输入，结果一致")).to_be_visible()


def try_on_the_past(journey, page: Page) -> None:
    """Ask what the version on the page would have decided, and read who would change."""
    world = journey.service.world
    page.get_by_label("起始日").fill("2026-09-01")
    page.get_by_label("截止日").fill(world.business.today().isoformat())
    page.get_by_role("button", name="开始回溯").click()
    expect(page.get_by_text("等待中")).to_be_visible()
    assert journey.service.wait(run_back_test(world.installation)) == 1
    expect(page.get_by_role("img", name="各分组当时与现在的通过数")).to_be_visible()
    expect(page.get_by_role("heading", name="会改变的决策明细")).to_be_visible()
    look(page, "back-test-zh-CN")


@pytest.mark.usefixtures("beside")
def test_a_version_is_proposed_proved_compared_and_approved_by_another(journey):
    journey.service.wait(journey.service.world.decided())
    page = log_in(journey, "risk", "/staff/strategies")
    propose(journey, page)
    page.get_by_role("row").filter(has_text="stricter").get_by_role("link").click()
    expect(page.get_by_text("由「560」改为「9000」")).to_be_visible()
    page.get_by_label("用途", exact=True).select_option("champion")
    page.get_by_label("理由", exact=True).fill(WHY)
    page.get_by_role("button", name="提议用途").click()
    expect(page.get_by_text("由您提议，须另一位同事答复。")).to_be_visible()

    address = page.url.removeprefix(journey.service.address).split("?")[0]
    page = log_in(journey, "risk2", address)
    page.get_by_placeholder("理由").fill(WHY)
    page.get_by_role("button", name="批准").click()
    expect(page.get_by_text("已批准 · risk2")).to_be_visible()

    page.get_by_label("节点", exact=True).select_option("bands")
    expect(page.locator(".graph-lines li")).to_have_count(5)
    look(page, "strategy-zh-CN")
    try_on_the_past(journey, page)


def test_one_halts_all_deciding_and_two_let_it_go_on(journey):
    page = log_in(journey, "risk", "/staff/strategies", language="en")
    expect(page.get_by_text("Strategies decide.")).to_be_visible()
    page.get_by_label("Why deciding is halted").fill("the bureau answers nonsense")
    page.get_by_role("button", name="Halt all deciding now").click()
    expect(page.get_by_text("Deciding is halted")).to_be_visible()
    page.get_by_label("Why deciding may go on").fill("the bureau is well again")
    page.get_by_role("button", name="Ask to go on").click()
    expect(page.get_by_role("button", name="Agree to go on")).to_be_disabled()
    look(page, "strategies-en")

    page = log_in(journey, "risk2", "/staff/strategies", language="en")
    page.get_by_role("button", name="Agree to go on").click()
    expect(page.get_by_text("Strategies decide.")).to_be_visible()
    look(page, "strategies-ended-en")


async def shadowed(world) -> str:
    """A version that runs as a shadow and has judged an order; the use by which it does."""
    risk, second = await world.colleague("risk"), await world.colleague("risk2")
    body = {"name": "strictest", "text": with_value("approve_points_min", "9500"), "remark": WHY}
    version = (await risk.post("/staff/strategies", body))["version"]
    await check_proposed(world.installation, inputs=INPUTS)
    use_id = (await risk.post(f"/staff/strategies/{version}/uses", {"role": "shadow", "reason": WHY}))["use_id"]
    await second.post(f"/staff/strategy-uses/{use_id}/answer", {"is_approved": True, "reason": WHY})
    await world.decided()
    assert await shadow_decided(world.installation)
    return use_id


@pytest.mark.usefixtures("beside")
def test_a_shadow_is_held_to_the_champion_day_by_day(journey):
    use_id = journey.service.wait(shadowed(journey.service.world))
    page = log_in(journey, "compliance", "/staff/strategies")
    expect(page.get_by_text("影子策略 1")).to_be_visible()

    page.locator(f"a[href$='{use_id}']").click()

    expect(page.get_by_role("heading", name="结果会不同的决策")).to_be_visible()
    look(page, "shadow-zh-CN")
