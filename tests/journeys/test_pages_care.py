"""Borrowers who complain or are in difficulty, in a browser: from the phone to the console and back."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from at_the_console import log_in
from fenqi.batch.book_risk import book_risk_due
from fenqi.batch.report_credit import foretell_reports, report_credit
from looking import look
from paying import borrower
from world import EVERY_BUCKET, Bought

PHONE = {"width": 360, "height": 780}


@pytest.fixture
def bought(journey) -> Bought:
    """Somebody with a loan, whose session the browser has."""
    found = journey.service.wait(borrower(journey.service.world))
    journey.page.add_init_script(f"localStorage.setItem('fenqi.customer', '{found.shopper.token}')")
    return found


def at_the_phone(journey, path: str, *, language: str) -> Page:
    journey.page.set_viewport_size(PHONE)
    journey.go(path, language=language)
    return journey.page


def test_a_borrower_disputes_goods_and_is_answered_in_the_console(journey, bought):
    page = at_the_phone(journey, f"/h5/loans/{bought.loan_id}", language="zh-CN")
    page.get_by_role("link", name="对这笔分期有意见或商品有问题？").click()
    page.get_by_label("商品没收到或有问题").check()
    page.get_by_label("有争议的金额（元）").fill("800.00")
    page.get_by_label("发生了什么？").fill("屏幕有一条亮线，商家不处理")
    look(page, "complaint-1-open-zh-CN")
    page.get_by_role("button", name="提交投诉").click()
    expect(page.get_by_role("status")).to_contain_text("¥800.00")
    look(page, "complaint-2-waits-zh-CN")

    page = log_in(journey, "risk", "/staff/complaints", language="en")
    look(page, "console-complaints-en")
    page.locator("main table a").first.click()
    expect(page.locator("main")).to_contain_text("屏幕有一条亮线")
    page.keyboard.press("Alt+a")
    expect(page.locator(".events")).to_contain_text("taken up")
    page.get_by_label("Finding").select_option("partly_upheld")
    page.get_by_label("Redress").select_option("goodwill")
    page.get_by_label("Amount (yuan)").fill("200.00")
    page.get_by_label("Answer (the customer reads it)").fill("商家已换货，另减免 200 元")
    look(page, "console-complaint-en")
    page.keyboard.press("Alt+s")
    expect(page.get_by_role("heading", name="An answer waits for a second person")).to_be_visible()
    at = page.url.removeprefix(journey.service.address).split("?")[0]

    page = log_in(journey, "finance", at)
    page.get_by_label("复核意见").fill("核实无误")
    page.get_by_role("button", name="同意并发送").click()
    expect(page.locator(".events")).to_contain_text("finance")
    look(page, "console-complaint-answered-zh-CN")
    page.get_by_role("link", name="原因统计").click()
    expect(page.locator("main table")).to_contain_text("商品争议")
    look(page, "console-complaint-figures-zh-CN")

    page = at_the_phone(journey, "/h5/complaints", language="en")
    expect(page.locator("main")).to_contain_text("¥200.00")
    look(page, "complaint-3-answered-en")
    page.get_by_role("button", name="Yes", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("You were satisfied.")


def test_staff_write_a_complaint_down_and_say_what_stops_contacts(journey, bought):
    collector = journey.service.wait(journey.service.world.colleague("collector"))
    words = {"cause": "service", "text": "nobody answers", "request_id": "care-service"}
    journey.service.wait(bought.shopper.post("/h5/complaints", words))
    (line, *_) = journey.service.wait(collector.get("/staff/complaints?cause=service&sort=-received_at"))["complaints"]
    page = log_in(journey, "collector", f"/staff/customers/{line['customer_id']}")
    expect(page.get_by_role("status")).to_contain_text("投诉处理中")
    page.get_by_label("依据").fill("在校学生，电话中说明")
    page.get_by_label("情形").select_option("student")
    page.get_by_role("button", name="停止营销联系").click()
    expect(page.get_by_role("status")).to_contain_text("在校学生")
    page.get_by_role("link", name="登记投诉").click()
    page.get_by_label("渠道").select_option("regulator")
    page.get_by_label("原因").select_option("cost")
    page.get_by_label("转办编号").fill("12378-0042")
    page.get_by_label("客户陈述").fill("监管转来：客户反映费用不清")
    look(page, "console-complaint-open-zh-CN")
    page.get_by_role("button", name="登记", exact=True).click()
    expect(page.locator("main")).to_contain_text("12378-0042")


def test_a_borrower_in_difficulty_asks_in_one_step_and_signs_what_is_offered(journey, bought):
    page = at_the_phone(journey, "/h5/", language="en")
    page.get_by_role("link", name="Difficulty in paying?").click()
    page.get_by_label("I earn less").check()
    for label, amount in (
        ("Monthly income now (yuan)", "3000"),
        ("Monthly cost of living (yuan)", "2000"),
        ("Monthly payments of other debts (yuan)", "0"),
    ):
        page.get_by_label(label).fill(amount)
    look(page, "hardship-1-ask-en")
    page.get_by_role("button", name="Ask for help").click()
    expect(page.get_by_role("status")).to_contain_text("nobody collects")

    page = log_in(journey, "collector", "/staff/hardship")
    page.locator("main table a").first.click()
    page.get_by_role("checkbox").first.check()
    page.get_by_label("理由（申请人会看到）").fill("收入下降，方案可负担")
    look(page, "console-hardship-zh-CN")
    page.get_by_role("button", name="提出所选方案").click()
    expect(page.locator(".events")).to_contain_text("提出方案")

    page = at_the_phone(journey, "/h5/hardship", language="en")
    expect(page.get_by_role("button", name="Read the agreement").first).to_be_visible()
    look(page, "hardship-2-offered-en")
    page.get_by_role("button", name="Read the agreement").first.click()
    expect(page.get_by_role("timer")).to_be_visible()
    page.get_by_label("I have read this agreement").check()
    journey.service.world.wall.move(timedelta(seconds=61))
    journey.service.pass_time(seconds=61)
    send = page.get_by_role("button", name="Send me the signing code")
    expect(send).to_be_enabled(timeout=30_000)
    send.click()
    page.get_by_role("button", name="Fill in the code").click()
    page.get_by_role("button", name="Sign; in force at once").click()
    expect(page.get_by_role("status").filter(has_text="in force")).to_be_visible()
    look(page, "hardship-3-agreed-en")


def test_a_borrower_sees_who_asked_and_what_was_told_and_objects(journey, bought):
    service, world = journey.service, journey.service.world
    service.wait(world.close_days(31))
    for step in (book_risk_due, foretell_reports, report_credit):
        service.wait(step(world.installation, lane=EVERY_BUCKET))
    page = at_the_phone(journey, "/h5/", language="zh-CN")
    page.get_by_role("link", name="谁查过我的信用记录").click()
    expect(page.locator("main")).to_contain_text("审批分期申请")
    look(page, "credit-record-zh-CN")
    page.get_by_role("link", name="对记录有异议").first.click()
    expect(page.get_by_label("征信记录")).to_be_checked()

    page = log_in(journey, "risk", "/staff/credit-records", language="en")
    expect(page.locator("main table")).to_contain_text("in time")
    look(page, "console-credit-records-en")
    page.get_by_role("link", name="Enquiries").click()
    expect(page.locator("main table")).to_contain_text("stand-in")
    look(page, "console-credit-enquiries-en")
    page.get_by_role("link", name="Files").click()
    expect(page.locator("main table")).to_contain_text("at the bureau")
    look(page, "console-credit-files-en")
