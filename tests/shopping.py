"""A shopper in the demo shop, and the merchant at the desk: what they press, in their language."""

import re
from dataclasses import replace
from typing import Any

import pytest
from playwright.sync_api import Page, expect

SHOP_WORDS = {
    "zh-CN": {
        "search": "搜索手机",
        "price": "价格",
        "reset": "清除条件",
        "free": "免息",
        "pay_now": "一次付清",
        "to_cart": "分期购买这部手机",
        "submit": "提交订单",
        "back": "回到商户",
        "signed": "分期已签约",
        "declined": "这次分期没有通过",
        "delivered": "商户已发货",
        "loans": "我的分期",
        "go_on": "继续办理分期",
    },
    "en": {
        "search": "Search phones",
        "price": "Price",
        "reset": "Clear the conditions",
        "free": "Interest-free",
        "pay_now": "Pay at once",
        "to_cart": "Buy this phone by instalments",
        "submit": "Order, and go on to apply",
        "back": "Back to the shop",
        "signed": "Signed. The shop delivers next",
        "declined": "Not by instalments this time",
        "delivered": "Delivered, and the loan is drawn",
        "loans": "My credit",
        "go_on": "Go on with the instalments",
    },
}
DESK_WORDS = {
    "zh-CN": {
        "key": "API 密钥",
        "enter": "进入",
        "wrong": "密钥无效",
        "capture": "发货并请款",
        "captured": "已请款",
        "void": "取消订单",
        "void_sure": "确定取消",
        "voided": "已取消",
        "refund": "退款",
        "refunded": "已退款",
        "part": "部分金额",
        "money": "金额（元）",
        "reason": "退款原因",
        "settlements": "结算",
        "events": "事件通知",
        "lost": "暂时连不上服务",
    },
    "en": {
        "key": "API key",
        "enter": "Enter",
        "wrong": "This key is not valid",
        "capture": "Deliver and capture",
        "captured": "Captured",
        "void": "Give up the order",
        "void_sure": "I mean to",
        "voided": "Given up",
        "refund": "Refund",
        "refunded": "Refunded",
        "part": "A part",
        "money": "Amount (yuan)",
        "reason": "Reason",
        "settlements": "Settlements",
        "events": "Events",
        "lost": "The service cannot be reached",
    },
}


@pytest.fixture(autouse=True)
def served_at_its_address(journey: Any) -> None:
    """The links that the service gives out lead to where this journey's browser reaches it."""
    world = journey.service.world
    world.installation = replace(world.installation, address=journey.service.address)
    world.app.state.installation = world.installation


class AtTheDesk:
    """The merchant at the desk, in a tab of their own."""

    def __init__(self, journey: Any, page: Page, *, language: str = "zh-CN") -> None:
        self.journey, self.page, self.words, self.language = journey, page, DESK_WORDS[language], language

    def enter(self, path: str = "/shop/desk", *, key: str = "") -> None:
        self.page.goto(f"{self.journey.service.address}{path}?lang={self.language}")
        self.page.get_by_label(self.words["key"]).fill(key or self.journey.service.world.shop.api_key)
        self.page.get_by_role("button", name=self.words["enter"], exact=True).click()

    def press(self, word: str) -> None:
        self.page.get_by_role("button", name=self.words[word], exact=True).click()

    def hears(self, word: str) -> None:
        expect(self.page.get_by_role("status").filter(has_text=self.words[word])).to_be_visible()

    def refund(self, typed: str, *, reason: str) -> None:
        self.page.get_by_role("radio", name=re.compile(self.words["part"])).check()
        self.page.get_by_label(self.words["money"]).fill(typed)
        self.page.get_by_label(self.words["reason"]).fill(reason)
        self.press("refund")
