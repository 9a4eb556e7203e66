"""The duties of mainland law on their days: limits, bans, consents, disclosure, marketing, privacy."""

from datetime import date
from typing import Any

import pytest

from fenqi.core.compliance.disclosure import FIELDS
from fenqi.core.customer.consent import Purpose, required_consents_of
from fenqi.core.identity.factor import CodePolicy
from fenqi.core.rulepack.dated import Standing
from fenqi.stores.shipped import load_rulepack

MICROLOAN, BANK = "microloan", "bank"


@pytest.mark.parametrize(
    ("name", "lender_type", "on", "value"),
    [
        ("lending.exposure_max_minor", MICROLOAN, date(2026, 11, 1), 20_000_000),
        ("lending.exposure_max_minor", "consumer_finance", date(2026, 11, 1), 20_000_000),
        ("lending.exposure_max_minor", BANK, date(2025, 3, 20), 20_000_000),
        ("lending.exposure_max_minor", BANK, date(2025, 3, 21), 30_000_000),
        ("lending.student_ban", MICROLOAN, date(2021, 3, 17), True),
        ("lending.student_ban", BANK, date(2021, 3, 17), False),
        ("lending.bullet_months_max", MICROLOAN, date(2026, 11, 1), 12),
        ("identity.adult_age_years", "", date(2026, 11, 1), 18),
        ("privacy.retention_years", "", date(2024, 12, 31), 5),
        ("privacy.retention_years", "", date(2025, 1, 1), 10),
        ("privacy.objection_answer_days", "", date(2026, 11, 1), 20),
    ],
)
def test_a_value_is_the_one_of_its_day_and_lender(name: str, lender_type: str, on: date, value: Any):
    assert load_rulepack().value(name, on=on, lender_type=lender_type).value == value


def test_the_full_disclosure_is_asked_for_from_august_2026_on():
    pack = load_rulepack()
    before = pack.value("disclosure.fields", on=date(2026, 7, 31)).value
    after = pack.value("disclosure.fields", on=date(2026, 8, 1)).value
    assert set(before) < set(after)
    assert set(after) == FIELDS


def test_a_decision_needs_a_separate_consent_for_everyone_who_receives_data():
    required = required_consents_of(
        load_rulepack().value("consent.required_before_decision", on=date(2026, 11, 1)).value
    )
    shared = {one.recipient for one in required if one.purpose is Purpose.SHARE}
    assert shared == {"identity_registry", "bureau", "merchant"}
    assert {one.purpose for one in required} == set(Purpose) - {Purpose.NETWORK}
    assert all(one.source for one in required)


def test_figures_that_the_law_does_not_give_are_marked_as_the_houses_own():
    pack, on = load_rulepack(), date(2026, 11, 1)
    reading = pack.value("disclosure.reading_seconds_min", on=on)
    codes = pack.value("identity.code_policy", on=on)
    assert (reading.standing, codes.standing) == (Standing.HOUSE, Standing.HOUSE)
    assert reading.value > 0
    assert CodePolicy(**codes.value).tries_max == 5


def test_banned_words_from_one_repository_only_are_shown_as_unverified():
    banned = load_rulepack().value("marketing.banned_words", on=date(2026, 9, 30))
    assert "秒到账" in banned.value
    assert "[unverified]" in banned.cited
