"""One-time codes: tries, lifetime, one use, sending."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from fenqi.core.identity.factor import (
    CodeChallenge,
    CodeExpired,
    CodePolicy,
    CodeSentTooOften,
    CodeTriesExhausted,
    CodeUsed,
    CodeWrong,
    code_of,
    digest_of_code,
    require_may_send,
    require_passed,
    try_code,
)

POLICY = CodePolicy(digits=6, lifetime_seconds=300, tries_max=5, resend_after_seconds=60, sent_per_day_max=10)
SENT_AT = datetime(2026, 11, 1, 2, 0, tzinfo=UTC)
ID = UUID("01930000-0000-7000-8000-000000000001")
KEY = b"k" * 32


def digest(code: str, challenge_id: UUID = ID) -> bytes:
    return digest_of_code(code, challenge_id=challenge_id, key=KEY)


@pytest.fixture
def challenge() -> CodeChallenge:
    return CodeChallenge(challenge_id=ID, digest=digest("012345"), sent_at=SENT_AT)


def test_the_right_code_passes_once(challenge: CodeChallenge):
    passed = try_code(challenge, digest=digest("012345"), at=SENT_AT + timedelta(seconds=299), policy=POLICY)
    require_passed(passed, policy=POLICY)
    with pytest.raises(CodeUsed):
        try_code(passed, digest=digest("012345"), at=SENT_AT + timedelta(seconds=299), policy=POLICY)


def test_a_wrong_code_is_counted_and_the_fifth_kills_the_challenge(challenge: CodeChallenge):
    for tries in range(1, 6):
        challenge = try_code(challenge, digest=digest("999999"), at=SENT_AT, policy=POLICY)
        assert challenge.tries == tries
        with pytest.raises(CodeWrong, match="not the one"):
            require_passed(challenge, policy=POLICY)
    with pytest.raises(CodeTriesExhausted):
        try_code(challenge, digest=digest("012345"), at=SENT_AT, policy=POLICY)


def test_the_lifetime_ends_on_the_second(challenge: CodeChallenge):
    with pytest.raises(CodeExpired):
        try_code(challenge, digest=digest("012345"), at=SENT_AT + timedelta(seconds=300), policy=POLICY)


def test_a_code_of_another_challenge_does_not_pass(challenge: CodeChallenge):
    other = digest("012345", UUID(int=2))
    assert try_code(challenge, digest=other, at=SENT_AT, policy=POLICY).passed_at is None


def test_keeps_leading_zeros():
    assert code_of(7 + 10**18, digits=6) == "000007"


def test_another_code_needs_a_pause():
    require_may_send((SENT_AT,), at=SENT_AT + timedelta(seconds=60), policy=POLICY)
    with pytest.raises(CodeSentTooOften):
        require_may_send((SENT_AT,), at=SENT_AT + timedelta(seconds=59), policy=POLICY)


def test_codes_a_day_are_limited():
    sent = tuple(SENT_AT + timedelta(hours=hour) for hour in range(10))
    with pytest.raises(CodeSentTooOften):
        require_may_send(sent, at=SENT_AT + timedelta(hours=23), policy=POLICY)
    require_may_send(sent, at=SENT_AT + timedelta(hours=24), policy=POLICY)
