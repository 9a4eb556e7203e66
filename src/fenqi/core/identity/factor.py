"""The one-time code sent to a mobile phone: its making, its lifetime, its tries."""

import hashlib
import hmac
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import ClassVar
from uuid import UUID

from fenqi.core.refusal import Kind, Refusal


@dataclass(frozen=True)
class CodePolicy:
    """How a one-time code may be used; the values come from the rule pack."""

    digits: int
    lifetime_seconds: int
    tries_max: int
    resend_after_seconds: int
    sent_per_day_max: int


@dataclass(frozen=True)
class CodeChallenge:
    """A code that was sent: never the code itself, only its keyed digest."""

    challenge_id: UUID
    digest: bytes
    sent_at: datetime
    tries: int = 0
    passed_at: datetime | None = None


class CodeExpired(Refusal):
    """The code's lifetime is over."""

    code: ClassVar[str] = "code_expired"
    kind: ClassVar[Kind] = Kind.EXPIRED


class CodeTriesExhausted(Refusal):
    """The code was tried as often as allowed; it is dead even for the right digits."""

    code: ClassVar[str] = "code_tries_exhausted"
    kind: ClassVar[Kind] = Kind.TOO_MANY


class CodeUsed(Refusal):
    """A one-time code has had its one time."""

    code: ClassVar[str] = "code_used"
    kind: ClassVar[Kind] = Kind.CONFLICT


class CodeWrong(Refusal):
    """The digits are not those that were sent."""

    code: ClassVar[str] = "code_wrong"
    kind: ClassVar[Kind] = Kind.UNAUTHENTICATED


class CodeSentTooOften(Refusal):
    """Another code is asked for too soon, or too often in a day."""

    code: ClassVar[str] = "code_sent_too_often"
    kind: ClassVar[Kind] = Kind.TOO_MANY


def code_of(number: int, *, digits: int) -> str:
    """The code's digits out of a random number of at least 64 bits, leading zeros kept."""
    return str(number % 10**digits).zfill(digits)


def digest_of_code(code: str, *, challenge_id: UUID, key: bytes) -> bytes:
    """The keyed digest under which a code is stored.

    Bound to its challenge, and keyed because a million codes are hashed in a second.
    """
    return hmac.new(key, challenge_id.bytes + code.encode(), hashlib.sha256).digest()


def require_may_send(sent_at: tuple[datetime, ...], *, at: datetime, policy: CodePolicy) -> None:
    """Refuse another code to a number that got one a moment ago, or too many within 24 hours.

    Raises: CodeSentTooOften.
    """
    recent = [instant for instant in sent_at if at - instant < timedelta(days=1)]
    too_soon = any(at - instant < timedelta(seconds=policy.resend_after_seconds) for instant in recent)
    if too_soon or len(recent) >= policy.sent_per_day_max:
        raise CodeSentTooOften(
            "another code is asked for too soon or too often",
            allowed=f"one in {policy.resend_after_seconds} seconds, {policy.sent_per_day_max} in 24 hours",
        )


def try_code(challenge: CodeChallenge, *, digest: bytes, at: datetime, policy: CodePolicy) -> CodeChallenge:
    """Count one try; the returned challenge has `passed_at` if the digits were right.

    A wrong try is a returned state, not an exception, so that whoever saves it keeps the count; afterwards
    `require_passed` turns it into a refusal.

    Raises: CodeUsed, CodeTriesExhausted, CodeExpired: nothing to save then.
    """
    if challenge.passed_at is not None:
        raise CodeUsed("the code has been used", allowed="once")
    if challenge.tries >= policy.tries_max:
        raise CodeTriesExhausted(
            "the code was tried too often; ask for a new one", allowed=f"{policy.tries_max} tries a code"
        )
    if at - challenge.sent_at >= timedelta(seconds=policy.lifetime_seconds):
        raise CodeExpired(
            "the code is no longer valid; ask for a new one", allowed=f"within {policy.lifetime_seconds} seconds"
        )
    right = hmac.compare_digest(challenge.digest, digest)
    return replace(challenge, tries=challenge.tries + 1, passed_at=at if right else None)


def require_passed(challenge: CodeChallenge, *, policy: CodePolicy) -> None:
    """Refuse unless the last try was right, saying how many are left.

    Raises: CodeWrong.
    """
    if challenge.passed_at is None:
        left = policy.tries_max - challenge.tries
        raise CodeWrong("the code is not the one that was sent", allowed=f"{left} more tries of {policy.tries_max}")
