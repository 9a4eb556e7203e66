"""From the shop's window to the loan, and back again: bought, declined, delivered, given up, refunded."""

import re
from dataclasses import replace

import pytest
from playwright.sync_api import expect

from at_the_checkout import AtTheCheckout
from fenqi.core.decision.features import Standing
from looking import look
from shopping import DESK_WORDS, SHOP_WORDS, AtTheDesk, served_at_its_address
from world import well_spoken_of

_ = served_at_its_address
SKU = "AP-IP17-256"


def ordered(journey, person, *, language="zh-CN"):
    """A shopper who came from the shop's window to the checkout."""
    page, words = journey.page, SHOP_WORDS[language]
    page.context.add_init_script(f"localStorage.setItem('fenqi.language', '{language}')")
    journey.go("/shop", language=language)
    page.locator(f"a.card[href$='{SKU}']").click()
    page.get_by_role("link", name=words["to_cart"]).click()
    expect(page.get_by_role("button", name=words["submit"])).to_be_enabled()
    look(page, f"shop-3-cart-{language}")
    page.get_by_role("button", name=words["submit"]).click()
    page.wait_for_url("**/h5/checkouts/*")
    shopper = AtTheCheckout(journey, person, language=language)
    shopper.enter()
    shopper.identify()
    shopper.consent()
    shopper.apply()
    return shopper


def late_payer(world):
    """Somebody of whom the stand-in bureau tells that a bill is overdue."""
    well = well_spoken_of(world.business.today())
    assert well.record
    *before, last = well.record.months
    late = replace(last, paid_minor=0, standing=Standing.LATE, months_late=1)
    return world.somebody(replace(well, record=replace(well.record, months=(*before, late))))


@pytest.mark.parametrize("language", SHOP_WORDS)
def test_a_phone_is_bought_by_instalments_from_the_window_to_the_loan(journey, context, language):
    words, page = SHOP_WORDS[language], journey.page
    shopper = ordered(journey, journey.service.world.somebody(), language=language)
    shopper.choose()
    shopper.read()
    shopper.sign()
    page.locator("a.button[href*='/shop/orders/']").click()
    expect(page.get_by_role("status").filter(has_text=words["signed"])).to_be_visible()
    look(page, f"shop-4-order-{language}")

    merchant = AtTheDesk(journey, context.new_page(), language=language)
    merchant.enter(page.url.split(journey.service.address)[1].replace("/shop/", "/shop/desk/"))
    expect(merchant.page.get_by_role("button", name=merchant.words["capture"])).to_be_visible()
    look(merchant.page, f"desk-2-order-{language}")
    merchant.press("capture")
    merchant.hears("captured")

    page.bring_to_front()
    expect(page.get_by_role("status").filter(has_text=words["delivered"])).to_be_visible()
    look(page, f"shop-5-delivered-{language}")
    page.locator("main a.button[href='/h5']").click()
    expect(page.get_by_role("heading", name=words["loans"], level=1)).to_be_visible()
    expect(page.locator("a.loan-link")).to_have_count(1)
    look(page, f"credit-0-bought-{language}")


@pytest.mark.parametrize("language", SHOP_WORDS)
def test_an_order_that_is_declined_says_so_and_leads_back_to_the_reasons(journey, language):
    page, words = journey.page, SHOP_WORDS[language]
    shopper = ordered(journey, late_payer(journey.service.world), language=language)
    shopper.heading("declined")
    checkout = page.url.split("?")[0]
    page.goto(checkout.replace("/h5/checkouts/", "/shop/orders/"))
    expect(page.get_by_role("status").filter(has_text=words["declined"])).to_be_visible()
    look(page, f"shop-6-declined-{language}")

    page.get_by_role("link", name=words["go_on"]).click()
    shopper.heading("declined")
    page.get_by_label(shopper.words["reason"]).fill("那笔账单我已经还了。")
    shopper.press("person")
    expect(page.get_by_text(shopper.words["asked"])).to_be_visible()


@pytest.mark.parametrize("language", DESK_WORDS)
def test_the_merchant_refunds_a_part_once_and_then_the_rest(journey, language):
    world, page = journey.service.world, journey.page
    bought = journey.service.wait(world.lent())
    merchant = AtTheDesk(journey, page, language=language)
    merchant.enter(f"/shop/desk/orders/{bought.checkout_id}", key="fq_wrong")
    expect(page.get_by_role("alert").filter(has_text=merchant.words["wrong"])).to_be_visible()
    merchant.enter(f"/shop/desk/orders/{bought.checkout_id}")
    merchant.press("refund")
    expect(page.get_by_role("alert")).to_be_visible()

    page.route("**/refunds", answer_is_lost, times=1)
    merchant.refund("1,200.00", reason="屏幕划痕")
    expect(page.get_by_role("alert").filter(has_text=merchant.words["lost"])).to_be_visible()
    merchant.press("refund")
    merchant.hears("refunded")
    look(page, f"desk-3-refunded-{language}")
    page.get_by_label(merchant.words["reason"]).fill("七天无理由")
    merchant.press("refund")
    expect(page.get_by_role("row")).to_have_count(3)
    expect(page.get_by_role("button", name=merchant.words["refund"], exact=True)).to_have_count(0)

    shown = journey.service.wait(world.shop.get(f"/v1/checkouts/{bought.checkout_id}"))
    assert sorted(refund["amount_minor"] for refund in shown["refunds"]) == [120_000, 479_900]


def test_the_merchant_gives_an_order_up_before_delivery(journey):
    bought = journey.service.wait(journey.service.world.signed())
    merchant = AtTheDesk(journey, journey.page)
    merchant.enter(f"/shop/desk/orders/{bought.checkout_id}")
    journey.page.get_by_role("checkbox", name=re.compile(merchant.words["void_sure"])).check()
    merchant.press("void")

    merchant.hears("voided")


@pytest.mark.parametrize("language", DESK_WORDS)
def test_the_merchant_sees_orders_settlements_and_events(journey, language):
    world, page = journey.service.world, journey.page
    journey.service.wait(world.lent())
    journey.service.wait(world.close_days(1))
    journey.service.wait(world.settle())
    merchant = AtTheDesk(journey, page, language=language)
    merchant.enter()
    expect(page.get_by_role("row").nth(1)).to_be_visible()
    look(page, f"desk-1-orders-{language}")
    page.get_by_role("combobox").select_option("captured")
    expect(page).to_have_url(re.compile("state=captured"))
    page.get_by_role("link", name=merchant.words["settlements"], exact=True).click()
    page.get_by_role("row").nth(1).get_by_role("link").click()
    expect(page.get_by_role("row").nth(2)).to_be_visible()
    look(page, f"desk-4-settlement-{language}")
    page.get_by_role("link", name=merchant.words["events"], exact=True).click()
    expect(page.get_by_role("row").nth(1)).to_be_visible()
    look(page, f"desk-5-events-{language}")


def answer_is_lost(route):
    """It is done, and nobody hears of it."""
    route.fetch()
    route.abort()
