"""A shopper at the checkout's pages: what they press, in their language."""

import re
from typing import Any

from playwright.sync_api import expect

from fenqi.simulation.person import Person
from looking import look

READING_SECONDS = 10
WORDS = {
    "zh-CN": {
        "mobile": "手机号",
        "send": "获取验证码",
        "fill": "填入验证码",
        "enter": "登录",
        "name": "姓名",
        "id_number": "身份证号",
        "identify": "确认身份",
        "consent": "同意并继续",
        "student_question": "您目前是在校学生吗？",
        "deciding": "正在审批",
        "check_digit": "号码校验不通过",
        "lost": "暂时连不上服务",
        "not_student": "不是",
        "apply": "提交申请",
        "choose": "选择此方案 12 期",
        "account": "示范银行储蓄卡",
        "agree": "我已完整阅读",
        "sign_code": "发送签署验证码",
        "sign": "签署",
        "step_apply": "申请额度",
        "done": "签约成功",
        "declined": "这次没有通过",
        "reason": "想请审核人员了解的情况",
        "person": "申请人工复核",
        "asked": "已申请人工复核",
    },
    "en": {
        "mobile": "Mobile number",
        "send": "Send me a code",
        "fill": "Fill in the code",
        "enter": "Enter",
        "name": "Name",
        "id_number": "Identity number",
        "identify": "Confirm who I am",
        "consent": "Agree and go on",
        "student_question": "Are you a student at present?",
        "deciding": "Deciding",
        "check_digit": "The check digit does not match",
        "lost": "The service cannot be reached",
        "not_student": "No",
        "apply": "Apply",
        "choose": "Choose this plan 12 instalments",
        "account": "Demo Bank debit card",
        "agree": "I have read the statement",
        "sign_code": "Send me the signing code",
        "sign": "Sign",
        "step_apply": "Application",
        "done": "Signed",
        "declined": "Not this time",
        "reason": "What the reviewer should know",
        "person": "Ask for a person",
        "asked": "A person has been asked",
    },
}


class AtTheCheckout:
    """Somebody at a checkout page, in a language."""

    def __init__(self, journey: Any, person: Person, *, language: str = "zh-CN") -> None:
        self.journey, self.page, self.person = journey, journey.page, person
        self.words = WORDS[language]
        self.language = language

    def press(self, word: str) -> None:
        self.page.get_by_role("button", name=self.words[word], exact=word in {"enter", "sign", "apply"}).first.click()

    def order(self, **order: Any) -> str:
        checkout_id = self.journey.service.wait(self.journey.service.world.order(**order))
        self.journey.go(f"/h5/checkouts/{checkout_id}", language=self.language)
        return checkout_id

    def enter(self) -> None:
        self.page.get_by_role("textbox", name=self.words["mobile"]).fill(self.person.mobile)
        self.press("send")
        self.press("fill")
        self.press("enter")

    def identify(self) -> None:
        self.page.get_by_label(self.words["name"], exact=True).fill(self.person.name)
        self.page.get_by_label(self.words["id_number"], exact=True).fill(self.person.id_number)
        self.press("identify")

    def consent(self) -> None:
        expect(self.page.get_by_role("checkbox").first).to_be_visible()
        for box in self.page.get_by_role("checkbox").all():
            expect(box).not_to_be_checked()
            box.check()
        self.press("consent")

    def apply(self) -> None:
        self.page.get_by_role("radio", name=self.words["not_student"], exact=True).check()
        self.press("apply")

    def choose(self) -> None:
        self.press("choose")
        expect(self.page.get_by_role("timer")).to_be_visible()

    def read(self) -> None:
        self.journey.service.pass_time(seconds=READING_SECONDS)
        self.page.reload()

    def sign(self) -> None:
        self.page.get_by_role("radio", name=re.compile(self.words["account"])).check()
        self.page.get_by_role("checkbox", name=re.compile(self.words["agree"])).check()
        self.press("sign_code")
        self.press("fill")
        self.press("sign")
        self.heading("done")

    def heading(self, word: str) -> None:
        expect(self.page.get_by_role("heading", level=1, name=self.words[word])).to_be_visible()

    def look(self, name: str) -> None:
        look(self.page, f"checkout-{name}-{self.language}")
