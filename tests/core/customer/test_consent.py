"""Consents: one per purpose and recipient, active, in the words in force, until withdrawn."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from fenqi.core.customer.consent import (
    Consent,
    ConsentMissing,
    ConsentNotActive,
    ConsentTextDiffers,
    Purpose,
    RequiredConsent,
    held_consents,
    missing_consents,
    require_active,
    require_consents,
)

AT = datetime(2026, 11, 1, 2, 0, tzinfo=UTC)
REQUIRED = (
    RequiredConsent(Purpose.PRIVACY_NOTICE, "", "PIPL art. 17"),
    RequiredConsent(Purpose.SHARE, "bureau", "PIPL art. 23"),
    RequiredConsent(Purpose.SHARE, "merchant", "PIPL art. 23"),
)


def consent(purpose: Purpose, recipient: str = "") -> Consent:
    return Consent(
        purpose=purpose,
        recipient=recipient,
        text_name=f"consent_{purpose}",
        text_version="1",
        text_language="zh-CN",
        text_sha256="0" * 64,
        given_at=AT,
    )


GIVEN = tuple(consent(one.purpose, one.recipient) for one in REQUIRED)


def test_nothing_is_missing_when_all_were_given():
    require_consents(held_consents(GIVEN, at=AT), REQUIRED)


def test_a_consent_for_one_recipient_is_none_for_another():
    assert missing_consents(GIVEN[:2], REQUIRED, at=AT) == REQUIRED[2:]


def test_the_refusal_lists_what_is_missing_and_why():
    with pytest.raises(ConsentMissing) as refused:
        require_consents((), REQUIRED)
    assert refused.value.allowed == "privacy_notice, share:bureau, share:merchant"
    assert refused.value.source == "PIPL art. 17; PIPL art. 23"


def test_a_consent_holds_from_its_instant_until_withdrawn():
    withdrawn = replace(GIVEN[0], withdrawn_at=AT + timedelta(hours=1))
    assert not withdrawn.holds(at=AT - timedelta(seconds=1))
    assert withdrawn.holds(at=AT)
    assert not withdrawn.holds(at=AT + timedelta(hours=1))


def test_a_pre_ticked_box_is_no_consent():
    with pytest.raises(ConsentNotActive):
        require_active(ticked_by_customer=False, shown_sha256="a", text_sha256="a")


def test_a_consent_to_other_words_is_refused():
    with pytest.raises(ConsentTextDiffers):
        require_active(ticked_by_customer=True, shown_sha256="a", text_sha256="b")
