"""A contact with a borrower, and whether the law lets it begin."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta, timezone
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from fenqi.core.collection.contact_law import ContactLaw
from fenqi.core.collection.hold import HoldKind
from fenqi.core.refusal import Kind, Refusal

SHANGHAI = timezone(timedelta(hours=8))


class ContactPurpose(StrEnum):
    """Why somebody is contacted."""

    SERVICING = "servicing"
    """What a contract wants told: what is due, what was paid, what changed."""
    COLLECTION = "collection"
    """What is late."""
    MARKETING = "marketing"
    """What the lender would like to sell."""


class ContactChannel(StrEnum):
    """How somebody is contacted."""

    INBOX = "inbox"
    """A page of their own, read when they like."""
    SMS = "sms"
    """A short message."""
    VOICE_NOTICE = "voice_notice"
    """A call that tells and does not listen."""
    CALL = "call"
    """A conversation."""


CALLS = frozenset({ContactChannel.VOICE_NOTICE, ContactChannel.CALL})


class Answered(StrEnum):
    """What became of a call."""

    BORROWER = "borrower"
    """The borrower was on the line."""
    SOMEBODY_ELSE = "somebody_else"
    """Somebody else was: the call ended and nothing was said."""
    WRONG_NUMBER = "wrong_number"
    """The number is somebody else's by now."""
    NOBODY = "nobody"
    """Nobody answered."""


class ContactOutOfHours(Refusal):
    """Nobody is contacted for this purpose at this hour."""

    code: ClassVar[str] = "contact_out_of_hours"
    kind: ClassVar[Kind] = Kind.RULE


class ContactTooOften(Refusal):
    """The borrower, or the number, was contacted as often as a day allows."""

    code: ClassVar[str] = "contact_too_often"
    kind: ClassVar[Kind] = Kind.RULE


class ContactThirdParty(Refusal):
    """The number is not the borrower's own: nobody else is contacted."""

    code: ClassVar[str] = "contact_third_party"
    kind: ClassVar[Kind] = Kind.RULE


class ContactTextUnapproved(Refusal):
    """The text is not approved for this purpose on this day."""

    code: ClassVar[str] = "contact_text_unapproved"
    kind: ClassVar[Kind] = Kind.RULE


class ContactStopped(Refusal):
    """A complaint, a dispute or hardship stops contacts of this purpose."""

    code: ClassVar[str] = "contact_stopped"
    kind: ClassVar[Kind] = Kind.RULE


class ContactUnwanted(Refusal):
    """The customer does not want contacts of this purpose on this channel."""

    code: ClassVar[str] = "contact_unwanted"
    kind: ClassVar[Kind] = Kind.RULE


@dataclass(frozen=True, kw_only=True)
class PlannedContact:
    """What somebody wants to begin; `number` is empty in the inbox, and a text is approved for one purpose."""

    purpose: ContactPurpose
    channel: ContactChannel
    number: bytes
    """The number's keyed index."""
    text_purpose: ContactPurpose | None
    """What the text is approved for on that day; None if it is not."""
    at: datetime
    about: UUID | None = None
    """The loan it is about, if it is about one alone."""


@dataclass(frozen=True, kw_only=True)
class PastContact:
    """A contact that began; `is_unanswered` only when somebody told so."""

    purpose: ContactPurpose
    channel: ContactChannel
    number: bytes
    at: datetime
    is_unanswered: bool = False


@dataclass(frozen=True, kw_only=True)
class ContactStanding:
    """What is known of a customer when a contact is about to begin."""

    number: bytes
    """The keyed index of the customer's own number."""
    history: tuple[PastContact, ...] = ()
    stops: frozenset[str] = frozenset()
    """What lasts of complaint, dispute, hardship, over_indebted, student."""
    held_loans: frozenset[UUID] = frozenset()
    """The loans that are in dispute by themselves: for their goods, or for who took them out."""
    switched: tuple[tuple[ContactPurpose, ContactChannel, bool], ...] = ()
    """What the customer said last of a purpose and channel."""


def require_may_contact(planned: PlannedContact, standing: ContactStanding, *, law: ContactLaw) -> None:
    """Let a contact begin only if no rule forbids it.

    Raises: ContactThirdParty, ContactTextUnapproved, ContactStopped, ContactUnwanted, ContactOutOfHours,
    ContactTooOften.
    """
    _require_own_number(planned, standing, law)
    _require_approved_text(planned)
    _require_not_stopped(planned, standing, law)
    _require_wanted(planned, standing, law)
    _require_hours(planned, law)
    _require_not_too_often(planned, standing, law)


def next_allowed_at(purpose: ContactPurpose, channel: ContactChannel, *, at: datetime, law: ContactLaw) -> datetime:
    """The first instant, not before the one given, that is outside the quiet hours."""
    if not _is_quiet(purpose, channel, at, law):
        return at
    here = at.astimezone(SHANGHAI)
    opens = datetime.combine(here.date(), time(law.quiet_hours[purpose][1]), tzinfo=SHANGHAI)
    return opens if opens >= here else opens + timedelta(days=1)


def is_wanted(
    purpose: ContactPurpose, channel: ContactChannel, *, switched: Iterable[tuple[str, str, bool]], law: ContactLaw
) -> bool:
    """Whether a customer wants a purpose on a channel: marketing only if they said so, the rest unless they said no.

    What may not be switched off counts as wanted.
    """
    if channel not in law.may_be_switched_off[purpose]:
        return True
    said = [is_on for known, spoken, is_on in switched if (known, spoken) == (purpose, channel)]
    return said[-1] if said else purpose is not ContactPurpose.MARKETING


def _require_own_number(planned: PlannedContact, standing: ContactStanding, law: ContactLaw) -> None:
    if law.borrower_only and planned.channel is not ContactChannel.INBOX and planned.number != standing.number:
        raise ContactThirdParty(
            "this is not the borrower's own number", allowed="the borrower's number", source=law.cited["borrower_only"]
        )


def _require_approved_text(planned: PlannedContact) -> None:
    if planned.text_purpose is not planned.purpose:
        raise ContactTextUnapproved(
            "the text is not approved for this purpose on this day", allowed="a template approved by a second person"
        )


def _require_not_stopped(planned: PlannedContact, standing: ContactStanding, law: ContactLaw) -> None:
    stops = standing.stops | _disputed(planned, standing)
    stopping = sorted(stops & law.stopped_by[planned.purpose])
    if stopping:
        raise ContactStopped(
            f"{', '.join(stopping)} stops contacts for {planned.purpose}",
            allowed="servicing, and answers to what the customer asks",
            source=law.cited["stopped_by"],
        )


def _disputed(planned: PlannedContact, standing: ContactStanding) -> frozenset[str]:
    """A contact about another loan alone is not about the dispute; one about no loan may be."""
    is_touched = bool(standing.held_loans) and (planned.about is None or planned.about in standing.held_loans)
    return frozenset({HoldKind.DISPUTE.value}) if is_touched else frozenset()


def _require_wanted(planned: PlannedContact, standing: ContactStanding, law: ContactLaw) -> None:
    if not is_wanted(planned.purpose, planned.channel, switched=standing.switched, law=law):
        raise ContactUnwanted(
            f"the customer does not want {planned.purpose} by {planned.channel}",
            allowed="what the customer's preferences leave on",
            source=law.cited["may_be_switched_off"],
        )


def _require_hours(planned: PlannedContact, law: ContactLaw) -> None:
    if _is_quiet(planned.purpose, planned.channel, planned.at, law):
        first, last = law.quiet_hours[planned.purpose]
        raise ContactOutOfHours(
            f"it is {planned.at.astimezone(SHANGHAI):%H:%M} in Shanghai",
            allowed=f"from {last:02}:00 until {first:02}:00",
            source=law.cited["quiet_hours"],
        )


def _is_quiet(purpose: ContactPurpose, channel: ContactChannel, at: datetime, law: ContactLaw) -> bool:
    """The inbox rings nowhere, so that only what presses for payment or sells waits for the morning there."""
    if channel is ContactChannel.INBOX and purpose is ContactPurpose.SERVICING:
        return False
    first, last = law.quiet_hours[purpose]
    return not last <= at.astimezone(SHANGHAI).hour < first


def _require_not_too_often(planned: PlannedContact, standing: ContactStanding, law: ContactLaw) -> None:
    if planned.channel is ContactChannel.INBOX and planned.purpose is not ContactPurpose.MARKETING:
        return
    day = planned.at.astimezone(SHANGHAI).date()
    today = [past for past in standing.history if past.at.astimezone(SHANGHAI).date() == day]
    _require_fewer(sum(_counts(past, planned) for past in today), law.count_per_day[planned.channel], law)
    if planned.purpose is ContactPurpose.MARKETING:
        sold = sum(past.purpose is ContactPurpose.MARKETING for past in today)
        _require_fewer(sold, law.count_per_day["marketing"], law)
    if planned.channel in CALLS:
        tried = sum(past.channel in CALLS and past.number == planned.number for past in today)
        _require_fewer(tried, law.attempts_per_number, law, duty="attempts_per_number")


def _counts(past: PastContact, planned: PlannedContact) -> bool:
    return past.channel is planned.channel and not (past.channel in CALLS and past.is_unanswered)


def _require_fewer(count: int, most: int, law: ContactLaw, *, duty: str = "count_per_day") -> None:
    if count >= most:
        raise ContactTooOften(
            f"already contacted {count} times that day", allowed=f"{most} a day", source=law.cited[duty]
        )


def allowed_from(planned: PlannedContact, standing: ContactStanding, *, law: ContactLaw) -> datetime | None:
    """The first instant from which a contact may begin if nothing else happens; None where waiting does not help."""
    begins = next_allowed_at(planned.purpose, planned.channel, at=planned.at, law=law)
    following = datetime.combine(planned.at.astimezone(SHANGHAI).date() + timedelta(days=1), time(0), tzinfo=SHANGHAI)
    tomorrow = next_allowed_at(planned.purpose, planned.channel, at=following, law=law)
    for at in (planned.at, begins, tomorrow):
        try:
            require_may_contact(replace(planned, at=at), standing, law=law)
        except Refusal:
            continue
        return at
    return None
