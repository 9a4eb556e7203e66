"""A borrower's own credit in a browser: the limit, the schedule, paying once, paying off, being late."""

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Route, expect

from looking import look
from world import PRICE_MINOR, Bought

LATE_BY = timedelta(days=45)
WORDS = {
    "zh-CN": {
        "title": "我的分期",
        "pay_now": "确认还款",
        "paid": "还款成功",
        "off": "全部结清",
        "closed": "这笔借款已结清",
        "again": "再试一次",
        "late": "已逾期",
        "day": "结清日期",
        "documents": "还款计划书",
        "withdraw": "撤回借款，归还",
    },
    "en": {
        "title": "My credit",
        "pay_now": "Pay now",
        "paid": "Paid",
        "off": "Everything",
        "closed": "This loan is closed",
        "again": "Try again",
        "late": "days late",
        "day": "Day",
        "documents": "Repayment plan",
        "withdraw": "Withdraw and pay back",
    },
}


@pytest.fixture
def borrower(journey) -> Bought:
    """Somebody with a loan, whose session the browser has."""
    bought = journey.service.wait(journey.service.world.lent())
    journey.page.add_init_script(f"localStorage.setItem('fenqi.customer', '{bought.shopper.token}')")
    return bought


def paid_minor(journey: Any, bought: Bought) -> list[int]:
    """What was paid on each instalment, as the service knows it."""
    loan = journey.service.wait(bought.shopper.loan(bought.loan_id))
    return [each["paid"]["total_minor"] for each in loan["instalments"]]


@pytest.mark.parametrize("language", WORDS)
def test_a_borrower_pays_one_instalment_and_then_everything_in_advance(journey, borrower, language):
    words, page = WORDS[language], journey.page
    journey.go("/h5/", language=language)
    expect(page.get_by_role("heading", name=words["title"])).to_be_visible()
    expect(page.get_by_role("meter")).to_be_visible()
    expect(page.locator("a.loan-link")).to_be_visible()
    look(page, f"credit-1-list-{language}")
    page.locator("a.loan-link").first.click()
    expect(page.get_by_role("table")).to_be_visible()
    expect(page.locator("summary").filter(has_text=words["documents"])).to_be_visible()
    look(page, f"credit-2-loan-{language}")

    page.get_by_role("button", name=words["pay_now"]).click()
    expect(page.get_by_role("status").filter(has_text=words["paid"])).to_be_visible()
    assert paid_minor(journey, borrower)[0] > 0

    page.get_by_role("radio", name=words["off"]).check()
    page.get_by_role("button", name=words["pay_now"]).click()
    expect(page.get_by_text(words["closed"])).to_be_visible()
    look(page, f"credit-3-closed-{language}")


def test_a_payment_whose_answer_is_lost_is_made_once_and_the_rest_withdrawn_from(journey, borrower):
    words, page = WORDS["zh-CN"], journey.page
    journey.go(f"/h5/loans/{borrower.loan_id}")
    page.route("**/repayments", answer_is_lost, times=1)

    page.get_by_role("button", name=words["pay_now"]).click()
    again = page.get_by_role("button", name=words["again"])
    expect(again).to_be_visible()
    first = paid_minor(journey, borrower)
    page.reload()
    again.click()

    expect(page.get_by_role("status").filter(has_text=words["paid"])).to_be_visible()
    assert first[0] > 0
    assert paid_minor(journey, borrower) == first

    page.get_by_role("button", name=words["withdraw"]).click()
    expect(page.get_by_text(words["closed"])).to_be_visible()
    assert sum(paid_minor(journey, borrower)) == PRICE_MINOR


def test_a_late_borrower_is_told_so_and_can_pay_what_is_overdue(journey, borrower):
    words, page = WORDS["zh-CN"], journey.page
    journey.service.world.business.move(LATE_BY)
    journey.go(f"/h5/loans/{borrower.loan_id}")

    expect(page.get_by_role("alert").filter(has_text=words["late"])).to_be_visible()
    look(page, "credit-4-late-zh-CN")
    page.get_by_role("button", name=words["pay_now"]).click()
    expect(page.get_by_role("status").filter(has_text=words["paid"])).to_be_visible()
    expect(page.get_by_role("alert").filter(has_text=words["late"])).to_have_count(0)


def answer_is_lost(route: Route) -> None:
    """The request arrives and is dealt with; its answer does not come back."""
    route.fetch()
    route.abort()
