"""The demo shop in a browser: found, looked at, ordered once."""

import re

import pytest
from playwright.sync_api import expect

from looking import look
from shopping import SHOP_WORDS, served_at_its_address

_ = served_at_its_address


@pytest.mark.parametrize("language", SHOP_WORDS)
def test_a_visitor_finds_a_phone_by_brand_price_and_words(journey, language):
    page, words = journey.page, SHOP_WORDS[language]
    journey.go("/shop", language=language)
    expect(page.locator("a.card")).to_have_count(15)
    look(page, f"shop-1-catalogue-{language}")

    page.get_by_role("button", name="Apple").click()
    expect(page.locator("a.card")).to_have_count(3)
    page.get_by_label(words["price"]).select_option("top")
    expect(page.locator("a.card")).to_have_count(2)
    page.get_by_label(words["search"]).fill("pro max")
    page.get_by_label(words["search"]).press("Enter")

    expect(page.locator("a.card")).to_have_count(1)
    expect(page).to_have_url(re.compile(r"brand=Apple&price=top&q=pro\+max"))
    page.reload()
    expect(page.locator("a.card")).to_have_count(1)
    page.go_back()
    expect(page.locator("a.card")).to_have_count(2)
    page.get_by_label(words["search"]).fill("no such phone")
    page.get_by_label(words["search"]).press("Enter")
    page.get_by_role("button", name=words["reset"]).click()
    expect(page.locator("a.card")).to_have_count(15)


@pytest.mark.parametrize("language", SHOP_WORDS)
def test_each_instalment_stands_beside_its_annual_cost_in_the_same_size(journey, language):
    page = journey.page
    journey.go("/shop/phones/AP-IP17-256", language=language)
    expect(page.get_by_role("row")).to_have_count(8)
    look(page, f"shop-2-phone-{language}")

    sizes = page.locator(".from b").evaluate_all("all => all.map((each) => getComputedStyle(each).fontSize)")
    columns = page.locator("td.strong").evaluate_all("all => all.map((each) => getComputedStyle(each).fontSize)")
    assert len(sizes) == 2
    assert len(set(sizes)) == len(set(columns)) == 1
    for row in page.get_by_role("row").all()[1:]:
        claims, is_free = SHOP_WORDS[language]["free"] in row.inner_text(), "¥0.00" in row.inner_text()
        assert claims == is_free


def test_instalments_are_no_line_among_the_payment_tools(journey):
    page = journey.page
    journey.go("/shop/phones/AP-IP17-256")

    tools = page.get_by_role("region", name=SHOP_WORDS["zh-CN"]["pay_now"])
    expect(tools).to_be_visible()
    assert "分期" not in tools.inner_text()
    expect(page.locator("input:checked")).to_have_count(0)


def test_an_order_sent_twice_is_one_order(journey):
    page, words = journey.page, SHOP_WORDS["zh-CN"]
    journey.go("/shop/phones/XM-17-256")
    page.get_by_role("link", name=words["to_cart"]).click()
    page.route("**/shop/orders", answer_is_lost, times=1)
    page.get_by_role("button", name=words["submit"]).click()
    expect(page.get_by_role("alert")).to_be_visible()
    look(page, "shop-3-cart-lost-zh-CN")
    page.get_by_role("button", name=words["submit"]).click()
    page.wait_for_url("**/h5/checkouts/*")
    page.go_back()
    page.get_by_role("button", name=words["submit"]).click()
    page.wait_for_url("**/h5/checkouts/*")

    checkouts = journey.service.wait(journey.service.world.shop.get("/v1/checkouts"))["checkouts"]
    assert len([one for one in checkouts if one["amount_minor"] == 449_900]) == 1


def answer_is_lost(route):
    """The order is placed, and nobody hears of it."""
    route.fetch()
    route.abort()
