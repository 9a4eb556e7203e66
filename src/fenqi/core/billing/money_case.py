"""A thing about money that a person has to look into, until it is closed by a name and with a word."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from fenqi.core.merchant.reconciliation import DifferenceKind
from fenqi.core.refusal import Kind, Refusal


class MoneyCaseKind(StrEnum):
    """What is the matter."""

    SUSPENSE = "suspense"
    """Money came that nobody can place."""
    MISSING = "missing"
    """We hold an order to have succeeded, and the channel's file lacks it."""
    EXTRA = "extra"
    """The file has an order that is not ours."""
    DIFFERING = "differing"
    """Kind, amount or currency are not the same."""
    CONTRADICTED = "contradicted"
    """The file settles what the channel had told us had failed."""
    RETURN_FAILED = "return_failed"
    """Money of a borrower could not be paid back."""


class ClosedHow(StrEnum):
    """What came of it."""

    SETTLED_LATER = "settled_later"
    """A later file brought the missing line."""
    CORRECTED = "corrected"
    """A corrected file agrees with our book."""
    PLACED = "placed"
    """The owner was found, and the money went to their loans."""
    RETURNED = "returned"
    """The money went back."""
    SUSPENDED = "suspended"
    """The money is ours to place: it was taken into suspense."""
    EXPLAINED = "explained"
    """A person has cleared it up outside, and says how."""


KIND_OF = {
    DifferenceKind.MISSING_IN_FILE: MoneyCaseKind.MISSING,
    DifferenceKind.UNKNOWN_TO_US: MoneyCaseKind.EXTRA,
    DifferenceKind.CONTENT_DIFFERS: MoneyCaseKind.DIFFERING,
    DifferenceKind.CONTRADICTED: MoneyCaseKind.CONTRADICTED,
}
"""The case that each difference of a file is."""


class MoneyCaseUnknown(Refusal):
    """There is no such case about money."""

    code: ClassVar[str] = "money_case_unknown"
    kind: ClassVar[Kind] = Kind.UNKNOWN


class MoneyCaseClosed(Refusal):
    """Somebody has closed the case."""

    code: ClassVar[str] = "money_case_closed"
    kind: ClassVar[Kind] = Kind.CONFLICT


class ClosingDiffers(Refusal):
    """A case of this kind does not end so."""

    code: ClassVar[str] = "closing_differs"


@dataclass(frozen=True, kw_only=True)
class MoneyCase:
    """One case; `subject` is the order or the transfer that it is about.

    Units: minor units, positive where money came to us and negative where it left.
    """

    b: int
    case_id: UUID
    kind: MoneyCaseKind
    subject: UUID
    on_day: date
    ours_minor: int | None
    theirs_minor: int | None
    currency: str
    opened_at: datetime
    closed_at: datetime | None = None
    closed_by: str | None = None
    closed_how: ClosedHow | None = None
    closed_text: str | None = None


def close(case: MoneyCase, *, by: str, how: ClosedHow, text: str, at: datetime) -> MoneyCase:
    """The case, ended.

    Raises: MoneyCaseClosed.
    """
    if case.closed_at is not None:
        raise MoneyCaseClosed(f"{case.closed_by} has closed it as {case.closed_how}", allowed="an open case")
    return replace(case, closed_at=at, closed_by=by, closed_how=how, closed_text=text)


def require_by_hand(case: MoneyCase, *, how: ClosedHow) -> None:
    """Refuse an end that a person may not give a case of this kind.

    Money in suspense and money on its way back end by being placed or returned, not by a word.

    Raises: ClosingDiffers.
    """
    came = case.kind is MoneyCaseKind.EXTRA and (case.theirs_minor or 0) > 0
    allowed = {ClosedHow.EXPLAINED, ClosedHow.SUSPENDED} if came else {ClosedHow.EXPLAINED}
    if case.kind is MoneyCaseKind.SUSPENSE:
        raise ClosingDiffers("money in suspense is placed or returned", allowed="placing or returning the transfer")
    if how not in allowed:
        raise ClosingDiffers(f"{how} does not end a case of {case.kind}", allowed=", ".join(sorted(allowed)))
