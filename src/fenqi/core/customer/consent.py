"""What the customer agreed to: by purpose and recipient, in which words, when, and until when."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from fenqi.core.refusal import Kind, Refusal


class Purpose(StrEnum):
    """What a consent is for; one purpose, one consent, never bundled."""

    PRIVACY_NOTICE = "privacy_notice"
    """The notice of who processes what, why and for how long was read. PIPL art. 17."""
    SENSITIVE_DATA = "sensitive_data"
    """Identity number, accounts and credit record may be processed. PIPL art. 29."""
    CREDIT_ENQUIRY = "credit_enquiry"
    """The credit record may be asked for. 征信业管理条例 art. 18."""
    CREDIT_REPORTING = "credit_reporting"
    """The loan may be reported to the credit register. 征信业管理条例 art. 29."""
    SHARE = "share"
    """Data may be given to one named recipient. PIPL art. 23."""
    NETWORK = "network"
    """Whom the customer is tied to may be looked at, for one application. PIPL art. 13, 24."""


@dataclass(frozen=True)
class RequiredConsent:
    """A consent without which something may not be done; `recipient` is empty unless data leave the house."""

    purpose: Purpose
    recipient: str
    source: str


@dataclass(frozen=True)
class Consent:
    """A consent as it was given: the words are named by their version and the hash of their bytes."""

    purpose: Purpose
    recipient: str
    text_name: str
    text_version: str
    text_language: str
    text_sha256: str
    given_at: datetime
    withdrawn_at: datetime | None = None

    def holds(self, *, at: datetime) -> bool:
        """Whether it had been given and not yet withdrawn at that instant."""
        return self.given_at <= at and (self.withdrawn_at is None or at < self.withdrawn_at)


class ConsentMissing(Refusal):
    """Something may not be done because the customer has not agreed to it."""

    code: ClassVar[str] = "consent_missing"
    kind: ClassVar[Kind] = Kind.RULE


class ConsentNotActive(Refusal):
    """The box was ticked for the customer: that is no consent."""

    code: ClassVar[str] = "consent_not_active"
    kind: ClassVar[Kind] = Kind.RULE


class ConsentTextDiffers(Refusal):
    """The words the customer saw are not those in force."""

    code: ClassVar[str] = "consent_text_differs"
    kind: ClassVar[Kind] = Kind.CONFLICT


def required_consents_of(rows: Iterable[Mapping[str, str]]) -> tuple[RequiredConsent, ...]:
    """Read the rule-pack value `consent.required_before_decision`; its recipients are roles, bureau or merchant."""
    return tuple(RequiredConsent(Purpose(row["purpose"]), row["recipient"], row["source"]) for row in rows)


def require_active(*, ticked_by_customer: bool, shown_sha256: str, text_sha256: str) -> None:
    """Refuse a consent from a pre-ticked box, or one to other words than those in force.

    Raises: ConsentNotActive, ConsentTextDiffers.
    Source: PIPL art. 14; 金融产品网络营销管理办法 (no default ticks).
    """
    if not ticked_by_customer:
        raise ConsentNotActive(
            "the box was ticked beforehand or not at all",
            allowed="an act of the customer's own, one per purpose",
            source="PIPL art. 14",
        )
    if shown_sha256 != text_sha256:
        raise ConsentTextDiffers(
            "the text shown is not the one in force", allowed=f"sha256 {text_sha256}", source="PIPL art. 14"
        )


def missing_consents(
    given: Iterable[Consent], required: Iterable[RequiredConsent], *, at: datetime
) -> tuple[RequiredConsent, ...]:
    """The required consents that do not hold at that instant, in the order required."""
    return _not_among(held_consents(given, at=at), required)


def held_consents(given: Iterable[Consent], *, at: datetime) -> frozenset[tuple[str, str]]:
    """Purpose and recipient of every consent that holds at that instant."""
    return frozenset((consent.purpose, consent.recipient) for consent in given if consent.holds(at=at))


def require_consents(held: Collection[tuple[str, str]], required: Iterable[RequiredConsent]) -> None:
    """Refuse unless every required consent is held, by purpose and recipient; the refusal lists those missing.

    Raises: ConsentMissing.
    Source: PIPL art. 13, 23, 29; 征信业管理条例 art. 18, 29.
    """
    missing = _not_among(held, required)
    if missing:
        raise ConsentMissing(
            "the customer has not agreed to everything this needs",
            allowed=", ".join(name_of_consent(one.purpose, one.recipient) for one in missing),
            source="; ".join(dict.fromkeys(one.source for one in missing)),
        )


def _not_among(held: Collection[tuple[str, str]], required: Iterable[RequiredConsent]) -> tuple[RequiredConsent, ...]:
    return tuple(one for one in required if (one.purpose, one.recipient) not in held)


def name_of_consent(purpose: Purpose, recipient: str) -> str:
    """A consent's name in messages: `share:bureau`, `privacy_notice`."""
    return f"{purpose}:{recipient}" if recipient else str(purpose)
