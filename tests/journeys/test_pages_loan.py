"""One loan in a browser: a borrower tries payments and reads what happened; staff look back and change it by two."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from at_the_console import log_in
from looking import look
from world import Bought

BORROWER = {
    "zh-CN": {
        "what_if": "提前还款试算",
        "some": "还一部分",
        "amount": "金额（元）",
        "saved": "少付的利息和费用",
        "pay": "现在就付 ¥1,500.00",
        "day": "哪一天还",
        "only_today": "扣款只能在当天进行",
        "use_today": "改选今天",
        "paid": "还款成功",
        "happened": "发生了什么",
        "lent": "付给商户",
        "told": "还款 ¥1,500.00",
        "late": "未还清，进入逾期",
    },
    "en": {
        "what_if": "What if I paid early",
        "some": "A part",
        "amount": "Amount (yuan)",
        "saved": "Interest and fees saved",
        "pay": "Pay ¥1,500.00 now",
        "day": "Which day",
        "only_today": "A payment is taken on the day itself",
        "use_today": "Choose today",
        "paid": "Paid",
        "happened": "What happened and why",
        "lent": "was lent and paid to the merchant",
        "told": "¥1,500.00 was paid",
        "late": "was not paid in time",
    },
}
STAFF = {
    "zh-CN": {
        "as_of": "截至日期",
        "known": "按何时已知",
        "past": "不是现在的状态",
        "dpd": "逾期天数",
        "mention": "关注",
        "kind": "变更什么",
        "charge_off": "核销",
        "preview": "预览变更",
        "legs": "将要入账的分录",
        "loss": "贷款核销损失",
        "reason": "变更理由（至少 5 个字，会写入审计记录）",
        "propose": "提交变更",
        "waits": "待批准",
        "waiting": "待批准的变更",
        "look": "预览并批复",
        "why": "批复理由（至少 5 个字，会写入审计记录）",
        "approve": "批准并入账",
        "posted": "已入账",
        "told": "贷款人核销了这笔借款",
        "leave": "退出登录",
    },
    "en": {
        "as_of": "As of",
        "known": "As known at",
        "past": "it is not how it stands now",
        "dpd": "Days past due",
        "mention": "Special mention",
        "kind": "What to change",
        "charge_off": "Write off",
        "preview": "Preview the change",
        "legs": "Legs it would post",
        "loss": "Written off",
        "reason": "Why (5 characters at least; it goes into the audit trail)",
        "propose": "Propose the change",
        "waits": "Waits for approval",
        "waiting": "Changes that wait for approval",
        "look": "Preview and answer",
        "why": "Why (5 characters at least; it goes into the audit trail)",
        "approve": "Approve and post",
        "posted": "Posted",
        "told": "The lender wrote the loan off",
        "leave": "Log out",
    },
}
BOTH = pytest.mark.parametrize("language", BORROWER)


def lent(journey) -> Bought:
    return journey.service.wait(journey.service.world.lent())


@BOTH
def test_a_borrower_tries_a_payment_and_then_makes_it(journey, language: str):
    bought, words, page = lent(journey), BORROWER[language], journey.page
    page.add_init_script(f"localStorage.setItem('fenqi.customer', '{bought.shopper.token}')")
    journey.go(f"/h5/loans/{bought.loan_id}", language=language)
    trial = page.get_by_role("region", name=words["what_if"])
    expect(trial.get_by_text(words["saved"])).to_be_visible()

    later = (journey.service.world.business.today() + timedelta(days=10)).isoformat()
    trial.get_by_label(words["day"]).fill(later)
    expect(trial.get_by_text(words["only_today"])).to_be_visible()
    look(page, f"loan-1-what-if-{language}")
    trial.get_by_role("button", name=words["use_today"]).click()
    trial.get_by_role("radio", name=words["some"]).check()
    trial.get_by_label(words["amount"]).fill("1500")
    look(page, f"loan-2-what-if-part-{language}")
    trial.get_by_role("button", name=words["pay"]).click()

    expect(page.get_by_role("status").filter(has_text=words["paid"]).first).to_be_visible()
    happened = page.get_by_role("region", name=words["happened"])
    expect(happened).to_contain_text(words["told"])
    expect(happened).to_contain_text(words["lent"])
    loan = journey.service.wait(bought.shopper.loan(bought.loan_id))
    assert loan["paid"]["total_minor"] == 150_000


@BOTH
def test_a_late_borrower_reads_since_when_and_what_it_costs(journey, language: str):
    bought, words, page = lent(journey), BORROWER[language], journey.page
    page.add_init_script(f"localStorage.setItem('fenqi.customer', '{bought.shopper.token}')")
    journey.service.wait(journey.service.world.close_days(40))
    journey.go(f"/h5/loans/{bought.loan_id}", language=language)

    expect(page.get_by_role("region", name=words["happened"])).to_contain_text(words["late"])
    look(page, f"loan-3-late-{language}")


@BOTH
def test_staff_look_at_a_past_day_as_it_was_known(journey, language: str):
    world, bought, words, page = journey.service.world, lent(journey), STAFF[language], journey.page
    first_day = world.business.today().isoformat()
    journey.service.wait(world.close_days(40))
    log_in(journey, "finance", f"/staff/loans/{bought.loan_id}", language=language)
    expect(page.locator("main")).to_contain_text(words["mention"])

    page.get_by_label(words["as_of"], exact=True).fill(first_day)
    page.get_by_label(words["known"], exact=True).fill(f"{first_day}T00:00")

    expect(page.get_by_role("status").filter(has_text=words["past"])).to_be_visible()
    assert f"on={first_day}" in page.url
    assert "known_at=" in page.url
    look(page, f"loan-4-known-then-{language}")


@BOTH
def test_one_proposes_a_write_off_and_another_approves_it(journey, language: str):
    bought, words, page = lent(journey), STAFF[language], journey.page
    journey.service.wait(journey.service.world.close_days(40))
    path = f"/staff/loans/{bought.loan_id}"
    log_in(journey, "collector", path, language=language)

    page.get_by_label(words["kind"]).select_option(label=words["charge_off"])
    page.get_by_role("button", name=words["preview"]).click()
    legs = page.get_by_role("region", name=words["legs"])
    expect(legs).to_contain_text(words["loss"])
    look(page, f"loan-5-preview-{language}")
    page.get_by_label(words["reason"], exact=True).fill("cannot be found any more")
    page.get_by_role("button", name=words["propose"]).click()
    expect(page.locator("main")).to_contain_text(words["waits"])

    page.get_by_role("button", name=words["leave"]).click()
    log_in(journey, "finance", "/staff/loan-changes", language=language)
    look(page, f"loan-6-waiting-{language}")
    page.locator(f"a[href$='/loans/{bought.loan_id}']").click()
    page.get_by_role("button", name=words["look"]).click()
    expect(page.get_by_role("region", name=words["legs"])).to_contain_text(words["loss"])
    answer = page.locator(".ask").filter(has=page.get_by_role("button", name=words["approve"])).last
    look(page, f"loan-7-answer-{language}")
    answer.get_by_role("textbox").fill("the file is complete")
    page.get_by_role("button", name=words["approve"]).click()

    expect(page.locator("main")).to_contain_text(words["posted"])
    expect(page.locator("main")).to_contain_text(words["told"])
    assert journey.service.wait(journey.service.world.findings()) == []
