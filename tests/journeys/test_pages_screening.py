"""The screening in a browser: a shopper shows once more who they are; two people let a frozen order go on."""

import pytest
from playwright.sync_api import expect

from at_the_checkout import WORDS as SHOPPING
from at_the_checkout import AtTheCheckout
from at_the_console import log_in
from looking import look
from world import Bought, World

PROVE = {"zh-CN": ("请再次验证身份", "获取验证码", "提交验证"), "en": ("Show once more", "Get a code", "Confirm")}
WORDS = {
    "zh-CN": {
        "reason": "理由（至少 5 个字，会保存）",
        "release": "放行",
        "four_eyes": "须由两名不同的员工放行",
        "shared": "多人共用同一设备",
    },
    "en": {
        "reason": "Reason (5 characters at least; it is kept)",
        "release": "Release",
        "four_eyes": "two different people have to release it",
        "shared": "Several people order from one device",
    },
}
DEAR_MINOR = 599_900


@pytest.mark.parametrize("language", PROVE)
def test_a_shopper_shows_once_more_who_they_are_and_goes_on(journey, language: str):
    world = journey.service.world
    shopper = AtTheCheckout(journey, world.somebody(), language=language)
    title, send, prove = PROVE[language]
    shopper.order(price_minor=60_000, quantity=3)
    shopper.enter()
    shopper.identify()
    shopper.consent()
    shopper.apply()

    expect(shopper.page.get_by_role("heading", name=title)).to_be_visible()
    shopper.look("9-prove")
    shopper.page.get_by_role("button", name=send).click()
    shopper.press("fill")
    shopper.page.get_by_role("button", name=prove, exact=True).click()

    expect(shopper.page.get_by_role("article").first).to_be_visible()
    expect(shopper.page.get_by_role("button", name=SHOPPING[language]["choose"]).first).to_be_visible()


@pytest.mark.parametrize("language", WORDS)
def test_two_people_look_at_a_ring_and_release_a_dear_order(journey, language: str):
    bought = journey.service.wait(frozen(journey.service.world, device=f"device-of-the-ring-{language}"))
    words, page = WORDS[language], log_in(journey, "reviewer", "/staff/cases?kind=frozen", language=language)

    page.locator("a[href*='/cases/']").first.click()
    expect(page.locator(".ring-picture")).to_be_visible()
    look(page, f"console-frozen-case-{language}")
    page.locator(f"a[href$='/decisions/{bought.decision['decision_id']}']").first.click()
    expect(page.locator("main")).to_contain_text(words["four_eyes"])
    expect(page.locator("main")).to_contain_text(words["shared"])
    look(page, f"console-frozen-decision-{language}")
    page.get_by_label(words["reason"]).fill("called them: one family")
    page.get_by_role("button", name=words["release"]).click()
    expect(page.get_by_role("listitem").filter(has_text="called them: one family")).to_be_visible()
    expect(page.get_by_label(words["reason"])).to_have_value("")
    page.get_by_label(words["reason"]).fill("and once more by me")
    page.get_by_role("button", name=words["release"]).click()
    expect(page.get_by_role("alert")).to_be_visible()

    page = log_in(journey, "risk", f"/staff/decisions/{bought.decision['decision_id']}", language=language)
    page.get_by_label(words["reason"]).fill("I looked too: a family")
    page.get_by_role("button", name=words["release"]).click()

    expect(page.get_by_role("button", name=words["release"])).to_have_count(0)
    status = journey.service.wait(journey.service.world.shop.get(f"/v1/checkouts/{bought.checkout_id}"))["status"]
    assert status == "approved"


async def frozen(world: World, *, device: str) -> Bought:
    """The fourth person who orders from one device, dearly."""
    for price_minor in (199_900, 199_900, 199_900, DEAR_MINOR):
        shopper = world.shopper()
        shopper.device = device
        bought = await world.decided(shopper, price_minor=price_minor)
    assert bought.decision["status"] == "frozen", bought.decision
    return bought


def test_a_rule_is_put_to_sleep_for_one_device_and_woken(journey):
    page = log_in(journey, "risk", f"/staff/snoozes?key=device&value={'d' * 32}", language="en")
    page.get_by_label("Rule", exact=True).select_option("device_shared")
    page.get_by_label("Reason", exact=True).fill("a family's tablet")
    page.get_by_role("button", name="Put a rule to sleep").click()
    line = page.get_by_role("row").filter(has_text="a family's tablet")
    expect(line).to_contain_text("asleep")
    look(page, "snoozes-en")

    line.get_by_label("Why it is woken").fill("it was no family")
    line.get_by_role("button", name="Wake it now").click()

    expect(line).to_contain_text("woken before its time")
    page = log_in(journey, "compliance", "/staff/snoozes")
    expect(page.get_by_text("已提前恢复")).to_be_visible()
    expect(page.get_by_role("button", name="暂停一条规则")).to_have_count(0)
