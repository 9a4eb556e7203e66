"""What proves that a borrower read and signed: the bytes shown, when, for how long, and the code."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from fenqi.core.identity.factor import CodeChallenge
from fenqi.core.refusal import Kind, Refusal


class ReadingTimeNotOver(Refusal):
    """The borrower signs before the texts have been in view for as long as they must be."""

    code: ClassVar[str] = "reading_time_not_over"
    kind: ClassVar[Kind] = Kind.RULE


class SignedTextDiffers(Refusal):
    """The texts signed are not the ones shown."""

    code: ClassVar[str] = "signed_text_differs"
    kind: ClassVar[Kind] = Kind.CONFLICT


class SigningUnconfirmed(Refusal):
    """No one-time code, passed after the texts were shown, confirms the signature."""

    code: ClassVar[str] = "signing_unconfirmed"
    kind: ClassVar[Kind] = Kind.UNAUTHENTICATED


@dataclass(frozen=True)
class SignedText:
    """One text as shown, named by its version and the hash of its bytes."""

    name: str
    version: int
    language: str
    sha256: str


@dataclass(frozen=True, kw_only=True)
class SigningEvidence:
    """The facts that a court would ask for; a boolean is not among them."""

    texts: tuple[SignedText, ...]
    shown_at: datetime
    signed_at: datetime
    read_seconds: int
    read_seconds_min: int
    code_challenge_id: UUID
    code_passed_at: datetime


def require_read(*, shown_at: datetime, signed_at: datetime, read_seconds_min: int) -> int:
    """Whole seconds that the texts were in view, refused while they are too few.

    The least reading time is a rule-pack value, `disclosure.reading_seconds_min`. Both instants are on one clock.

    Raises: ReadingTimeNotOver.
    Source: 个人贷款业务明示综合融资成本规定 (金规〔2026〕2号), mandatory reading time.
    """
    read_seconds = int((signed_at - shown_at).total_seconds())
    if read_seconds < read_seconds_min:
        raise ReadingTimeNotOver(
            f"the texts were in view for {read_seconds} seconds",
            allowed=f"{read_seconds_min} seconds or more",
            source="金规〔2026〕2号",
        )
    return read_seconds


def evidence_of_signing(
    *,
    texts: Iterable[SignedText],
    signed_sha256: Iterable[str],
    shown_at: datetime,
    signed_at: datetime,
    read_seconds_min: int,
    challenge: CodeChallenge,
) -> SigningEvidence:
    """Bind a signature to the texts shown, the time they were in view and the code that was passed.

    Raises: SignedTextDiffers, ReadingTimeNotOver, SigningUnconfirmed.
    Source: 电子签名法 art. 13; 合同编通则解释 art. 10 (a tick alone proves nothing).
    """
    shown = tuple(texts)
    if sorted(signed_sha256) != sorted(text.sha256 for text in shown):
        raise SignedTextDiffers(
            "the texts signed are not those shown", allowed=", ".join(text.sha256 for text in shown)
        )
    read_seconds = require_read(shown_at=shown_at, signed_at=signed_at, read_seconds_min=read_seconds_min)
    if challenge.passed_at is None or challenge.sent_at < shown_at:
        raise SigningUnconfirmed(
            "the signature is not confirmed by a one-time code",
            allowed="a code sent after the texts were shown, and passed",
            source="电子签名法 art. 13",
        )
    return SigningEvidence(
        texts=shown,
        shown_at=shown_at,
        signed_at=signed_at,
        read_seconds=read_seconds,
        read_seconds_min=read_seconds_min,
        code_challenge_id=challenge.challenge_id,
        code_passed_at=challenge.passed_at,
    )
