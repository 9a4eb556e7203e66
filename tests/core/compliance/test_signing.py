"""Signing: the texts shown, read long enough, confirmed by a code sent afterwards."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from fenqi.core.compliance.signing import (
    ReadingTimeNotOver,
    SignedText,
    SignedTextDiffers,
    SigningEvidence,
    SigningUnconfirmed,
    evidence_of_signing,
)
from fenqi.core.identity.factor import CodeChallenge

SHOWN_AT = datetime(2026, 11, 1, 2, 0, tzinfo=UTC)
TEXTS = (SignedText("disclosure", 1, "zh-CN", "a" * 64), SignedText("agreement", 1, "zh-CN", "b" * 64))
PASSED = CodeChallenge(
    challenge_id=UUID(int=7),
    digest=b"",
    sent_at=SHOWN_AT + timedelta(seconds=5),
    tries=1,
    passed_at=SHOWN_AT + timedelta(seconds=20),
)


def sign(
    seconds: float = 20, challenge: CodeChallenge = PASSED, signed: tuple[str, ...] = ("b" * 64, "a" * 64)
) -> SigningEvidence:
    return evidence_of_signing(
        texts=TEXTS,
        signed_sha256=signed,
        shown_at=SHOWN_AT,
        signed_at=SHOWN_AT + timedelta(seconds=seconds),
        read_seconds_min=10,
        challenge=challenge,
    )


def test_the_evidence_names_bytes_instants_reading_time_and_code():
    evidence = sign()
    assert evidence.texts == TEXTS
    assert (evidence.read_seconds, evidence.read_seconds_min) == (20, 10)
    assert (evidence.code_challenge_id, evidence.code_passed_at) == (PASSED.challenge_id, PASSED.passed_at)


def test_nobody_signs_before_the_reading_time_is_over():
    assert sign(seconds=10).read_seconds == 10
    with pytest.raises(ReadingTimeNotOver):
        sign(seconds=9.9)


@pytest.mark.parametrize("signed", [(), ("a" * 64,), ("a" * 64, "c" * 64)])
def test_other_texts_than_those_shown_cannot_be_signed(signed: tuple[str, ...]):
    with pytest.raises(SignedTextDiffers):
        sign(signed=signed)


@pytest.mark.parametrize(
    "challenge", [replace(PASSED, passed_at=None), replace(PASSED, sent_at=SHOWN_AT - timedelta(seconds=1))]
)
def test_a_code_not_passed_or_sent_for_something_earlier_confirms_nothing(challenge: CodeChallenge):
    with pytest.raises(SigningUnconfirmed):
        sign(challenge=challenge)
