"""A promise to pay, and what the books say became of it."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from fenqi.core.refusal import Kind, Refusal


class PromiseInThePast(Refusal):
    """A promise is for today or a day to come."""

    code: ClassVar[str] = "promise_in_the_past"


class PromiseTooFar(Refusal):
    """A promise lies further ahead than one may; what takes longer is a change of the plan."""

    code: ClassVar[str] = "promise_too_far"
    kind: ClassVar[Kind] = Kind.RULE


class PromiseAboveOverdue(Refusal):
    """Nobody promises nothing, or more than is owed."""

    code: ClassVar[str] = "promise_above_owed"


class PromiseOpen(Refusal):
    """There is a promise whose day has not come."""

    code: ClassVar[str] = "promise_open"
    kind: ClassVar[Kind] = Kind.CONFLICT


class PromiseState(StrEnum):
    """What became of a promise."""

    OPEN = "open"
    """Its day has not come."""
    KEPT = "kept"
    """The books have at least what was promised, by the day."""
    BROKEN = "broken"
    """They have less."""
    LAPSED = "lapsed"
    """The case was closed before, and not by this money."""


@dataclass(frozen=True, kw_only=True)
class Promise:
    """So much by the end of a day."""

    b: int
    promise_id: UUID
    case_id: UUID
    customer_id: UUID
    amount_minor: int
    promised_on: date
    made_by: str
    made_at: datetime
    made_on: date
    state: str = PromiseState.OPEN
    paid_minor: int = 0
    decided_on: date | None = None


def require_promise(amount_minor: int, promised_on: date, *, owed_minor: int, today: date, days_max: int) -> None:
    """Refuse a promise that could not be kept or held to.

    Raises: PromiseInThePast, PromiseTooFar, PromiseAboveOverdue.
    """
    require_promised_day(promised_on, today=today, days_max=days_max)
    if not 0 < amount_minor <= owed_minor:
        raise PromiseAboveOverdue(f"{amount_minor} of {owed_minor}", allowed=f"1 to {owed_minor}")


def require_promised_day(promised_on: date, *, today: date, days_max: int) -> None:
    """Refuse a day for which nobody can promise.

    Raises: PromiseInThePast, PromiseTooFar.
    """
    if promised_on < today:
        raise PromiseInThePast(f"{promised_on} is over", allowed=f"{today} or later")
    last = today + timedelta(days=days_max)
    if promised_on > last:
        raise PromiseTooFar(f"{promised_on} is more than {days_max} days ahead", allowed=f"{last} or earlier")


def decided(promise: Promise, *, paid_minor: int, is_closed: bool, day: date) -> Promise:
    """The promise at the end of a day, by what was paid since it was made: kept as soon as the sum is there."""
    if paid_minor >= promise.amount_minor:
        state = PromiseState.KEPT
    elif is_closed:
        state = PromiseState.LAPSED
    elif day >= promise.promised_on:
        state = PromiseState.BROKEN
    else:
        return promise
    return replace(promise, state=state, paid_minor=paid_minor, decided_on=day)
