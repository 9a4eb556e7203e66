"""Bills, automatic debits and reconciliation in a browser, in both languages."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from fenqi.batch.bill_due import bill_due
from looking import look
from paying import two_loans
from world import EVERY_BUCKET, Bought

WORDS = {
    "zh-CN": {
        "bills": "账单与还款日历",
        "calendar": "还款日历",
        "pay": "一次还清今日应还",
        "paid": "还款成功",
        "settled": "已还清",
        "pdf": "下载账单（PDF）",
        "debit": "自动还款",
        "agree": "同意并发送验证码",
        "sign": "签署授权",
        "active": "已授权",
        "revoke": "撤销授权",
        "not_active": "还没有授权",
        "read": "读取对账文件",
        "day": "渠道日期",
        "read_done": "共 1 笔，差异 0 笔",
        "reference": "银行流水号",
        "amount": "金额（元）",
        "received": "到账日",
        "record": "登记",
        "suspense": "待查款项",
        "handle": "处理",
        "loan": "借款编号",
        "text": "说明",
        "place": "入账到该借款人",
        "placed": "已入账到借款",
        "reconciliation": "资金对账",
    },
    "en": {
        "bills": "Bills and calendar",
        "calendar": "Calendar",
        "pay": "Pay all that is due today",
        "paid": "Paid.",
        "settled": "Paid",
        "pdf": "Statement (PDF)",
        "debit": "Automatic debits",
        "agree": "I agree, send me a code",
        "sign": "Sign",
        "active": "In force",
        "revoke": "End it",
        "not_active": "Nothing is signed",
        "read": "Read the file",
        "day": "Day of the channel",
        "read_done": "1 lines, 0 breaks",
        "reference": "Bank reference",
        "amount": "Amount in yuan",
        "received": "Received",
        "record": "Write it down",
        "suspense": "Suspense",
        "handle": "Deal with it",
        "loan": "Loan id",
        "text": "What is to say",
        "place": "Give it to this borrower",
        "placed": "placed",
        "reconciliation": "Reconciliation",
    },
}


@pytest.fixture
def borrower(journey) -> Bought:
    """Somebody with two loans on which something is due today, and whose session the browser has."""
    world = journey.service.world
    bought, _ = journey.service.wait(two_loans(world))
    journey.page.add_init_script(f"localStorage.setItem('fenqi.customer', '{bought.shopper.token}')")
    world.business.move(timedelta(days=22))
    journey.service.wait(bill_due(world.installation, lane=EVERY_BUCKET))
    world.business.move(timedelta(days=12))
    return bought


@pytest.mark.parametrize("language", WORDS)
def test_a_borrower_sees_the_bills_takes_one_away_and_pays_all_that_is_due(journey, borrower, language):
    words, page = WORDS[language], journey.page
    journey.go("/h5/", language=language)
    page.get_by_role("link", name=words["bills"]).click()
    expect(page.locator("a.bill-link")).to_have_count(2)
    expect(page.get_by_role("heading", name=words["calendar"])).to_be_visible()
    look(page, f"bills-1-list-{language}")

    page.get_by_role("button", name=words["pay"]).click()
    expect(page.get_by_role("status").filter(has_text=words["paid"])).to_be_visible()
    expect(page.locator("a.bill-link").filter(has_text=words["settled"])).to_have_count(2)

    page.locator("a.bill-link").first.click()
    with page.expect_download() as saved:
        page.get_by_role("button", name=words["pdf"]).click()
    assert saved.value.path().read_bytes().startswith(b"%PDF-")
    look(page, f"bills-2-bill-{language}")


@pytest.mark.parametrize("language", WORDS)
def test_a_borrower_signs_leave_for_automatic_debits_and_ends_it(journey, borrower, language):
    words, page = WORDS[language], journey.page
    journey.service.pass_time(seconds=61)
    journey.go("/h5/auto-debit", language=language)
    expect(page.get_by_role("heading", name=words["debit"])).to_be_visible()
    expect(page.get_by_role("radio", checked=True)).to_have_count(0)
    page.get_by_role("radio").first.check()
    page.get_by_role("button", name=words["agree"]).click()
    look(page, f"debit-1-sign-{language}")

    page.get_by_role("textbox").fill(journey.service.world.code_sent_to(borrower.shopper.mobile))
    page.get_by_role("button", name=words["sign"], exact=True).click()
    expect(page.get_by_role("status").filter(has_text=words["active"])).to_be_visible()

    page.get_by_role("button", name=words["revoke"]).click()
    expect(page.get_by_role("status").filter(has_text=words["not_active"])).to_be_visible()


def log_in(journey, language: str) -> Page:
    page, world = journey.page, journey.service.world
    colleague = journey.service.wait(world.colleague("finance"))
    page.add_init_script(f"localStorage.setItem('fenqi.staff', '{colleague.token}')")
    page.set_viewport_size({"width": 1440, "height": 900})
    journey.go("/staff/reconciliation", language=language)
    return page


@pytest.mark.parametrize("language", WORDS)
def test_finance_reads_a_file_and_places_money_that_nobody_knew(journey, language):
    words, world = WORDS[language], journey.service.world
    world.business.move(timedelta(days=3))
    bought = journey.service.wait(world.lent())
    journey.service.wait(bought.shopper.pay(bought.loan_id, amount_minor=50_000, request_id="request-1"))
    day = world.business.today().isoformat()
    world.business.move(timedelta(days=1))
    page = log_in(journey, language)
    expect(page.get_by_role("heading", name=words["reconciliation"], exact=True)).to_be_visible()

    page.get_by_label(words["day"]).fill(day)
    page.get_by_role("button", name=words["read"]).click()
    expect(page.get_by_role("status").filter(has_text=words["read_done"])).to_be_visible()
    page.get_by_label(words["reference"]).fill(f"BANK-{language}")
    page.get_by_label(words["amount"]).fill("300")
    page.get_by_label(words["received"]).fill(day)
    page.get_by_role("button", name=re.compile(words["record"].replace("登记", "登.*记"))).last.click()
    line = page.get_by_role("row").filter(has_text=words["suspense"]).filter(has_text="300.00").first
    expect(line).to_be_visible()
    look(page, f"reconciliation-1-{language}")

    line.get_by_role("button").click()
    page.get_by_label(words["loan"]).fill(bought.loan_id)
    page.get_by_role("textbox", name=words["text"]).fill("付款人已提供回单")
    page.get_by_role("button", name=words["place"]).click()
    expect(page.get_by_role("row").filter(has_text=words["placed"]).first).to_be_visible()
    assert journey.service.wait(bought.shopper.loan(bought.loan_id))["outstanding"]["total_minor"] > 0
