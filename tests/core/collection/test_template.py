"""Texts of notices, and the schedule of reminders."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from fenqi.core.collection.contact import ContactPurpose
from fenqi.core.collection.reminder import ReminderScheduleMalformed, due_days, read_schedule
from fenqi.core.collection.template import (
    NoticeTemplate,
    TemplateFieldMissing,
    TemplateFieldUnknown,
    TemplateMalformed,
    TemplateWordForbidden,
    filled,
    require_sound,
)
from fenqi.stores.shipped import load_rulepack


def template(zh: str, en: str = "Pay.") -> NoticeTemplate:
    return NoticeTemplate("due_soon", 1, ContactPurpose.SERVICING, {"zh-CN": zh, "en": en})


@pytest.mark.parametrize(
    ("zh", "refused"),
    [
        ("还款 {amuont}", TemplateFieldUnknown),
        ("还款 {", TemplateMalformed),
        ("还款 {a{b}}", TemplateMalformed),
        ("  ", TemplateMalformed),
        ("再不还款,上门催收", TemplateWordForbidden),
    ],
)
def test_refuses_a_text_that_cannot_or_should_not_be_said(zh, refused):
    with pytest.raises(refused):
        require_sound(template(zh), forbidden=("上门",), source="")


@pytest.mark.parametrize("name", ["due_soon", "hardship_received"])
def test_refuses_a_field_that_the_notices_of_a_text_have_not_got(name):
    wanted = replace(template("机构 {agency},{loan_ending}"), name=name)
    with pytest.raises(TemplateFieldUnknown):
        require_sound(wanted, forbidden=(), source="")
    require_sound(replace(wanted, name="agency_named"), forbidden=(), source="")


def test_refuses_a_text_in_one_language_only():
    alone = NoticeTemplate("due_soon", 1, ContactPurpose.SERVICING, {"zh-CN": "还款"})
    with pytest.raises(TemplateMalformed):
        require_sound(alone, forbidden=(), source="")


def test_fills_fields_by_their_type():
    text = template("请在 {due_on} 前还款 {amount}")
    fields = {"due_on": date(2026, 9, 30), "amount": 123_456}

    assert filled(text, fields, language="zh-CN", currency="CNY") == "请在 2026-09-30 前还款 1,234.56"


@pytest.mark.parametrize("fields", [{}, {"amount": "12"}])
def test_never_shows_a_gap(fields):
    with pytest.raises(TemplateFieldMissing):
        filled(template("{amount}"), fields, language="zh-CN", currency="CNY")


def test_the_shipped_schedule_reminds_before_on_and_after():
    value = load_rulepack().value("contact.reminder_schedule", on=date(2026, 9, 1)).value
    schedule = read_schedule(value)

    assert [each.days_after_due for each in schedule] == [-3, 0, 1, 3, 7, 15]


def test_refuses_a_schedule_that_goes_back():
    line = {"hour": 9, "template": "x", "channels": ["sms"]}
    with pytest.raises(ReminderScheduleMalformed):
        read_schedule([line | {"days_after_due": 1}, line | {"days_after_due": 0}])


def test_every_due_day_has_at_most_one_reminder_a_day_and_none_says_what_is_over():
    on = date(2026, 3, 20)
    schedule = read_schedule(load_rulepack().value("contact.reminder_schedule", on=on).value)

    found = due_days(schedule, on=on)

    days = [
        (on - timedelta(days=late), each.days_after_due)
        for late in range(-5, 25)
        for each, first, last in found
        if first <= on - timedelta(days=late) <= last
    ]
    assert len({due_on for due_on, _ in days}) == len(days)
    assert {(on - due_on).days: which for due_on, which in days} == {
        -3: -3, -2: -3, -1: -3, 0: 0, 1: 1, 2: 1, 3: 3, 4: 3, 5: 3, 6: 3,
        **dict.fromkeys(range(7, 15), 7), **dict.fromkeys(range(15, 22), 15),
    }  # fmt: skip
