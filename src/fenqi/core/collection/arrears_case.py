"""A collection case: one a customer over all loans, opened and closed by arrears, worked on by one person at a time."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import ClassVar
from uuid import UUID, uuid5

from fenqi.core.collection.strategy import CollectionStrategy
from fenqi.core.dates.business_day import days_late
from fenqi.core.ledger.account import id_in_bucket
from fenqi.core.refusal import Kind, Refusal

TAKEN_FOR = timedelta(minutes=30)
"""How long a case is kept for whoever took it, from the last thing they did in it."""


class CollectionCaseUnknown(Refusal):
    """There is no such collection case, or it is not yours to see."""

    code: ClassVar[str] = "collection_case_unknown"
    kind: ClassVar[Kind] = Kind.UNKNOWN


class CollectionCaseClosed(Refusal):
    """Nothing is overdue in the case any more."""

    code: ClassVar[str] = "collection_case_closed"
    kind: ClassVar[Kind] = Kind.CONFLICT


class CollectionCaseTaken(Refusal):
    """Somebody else works on the case."""

    code: ClassVar[str] = "collection_case_taken"
    kind: ClassVar[Kind] = Kind.CONFLICT


@dataclass(frozen=True, kw_only=True)
class LateCustomer:
    """What a customer owes too late at the end of a day, over all loans; amounts in one currency."""

    b: int
    customer_id: UUID
    late_from_on: date
    rolls_holidays: bool
    """Whether a due day that is not worked moves, in every loan of theirs."""
    loan_count: int
    never_paid_count: int
    """Loans of which nothing was ever paid."""
    broken_promise_count: int
    overdue_minor: int
    owed_minor: int


@dataclass(frozen=True, kw_only=True)
class CollectionCase:
    """Where a case stands."""

    b: int
    case_id: UUID
    customer_id: UUID
    opened_on: date
    late_from_on: date
    days_past_due: int
    loan_count: int
    overdue_minor: int
    owed_minor: int
    stage: str
    risk: str
    strategy_version: str
    refreshed_on: date
    taken_by: str | None = None
    taken_until: datetime | None = None
    agency_id: UUID | None = None
    legal_step: str | None = None
    closed_on: date | None = None
    closed_why: str | None = None

    def holder(self, *, at: datetime) -> str | None:
        """Who works on it."""
        return self.taken_by if self.taken_until is not None and at < self.taken_until else None


def settle_cases(
    late: Iterable[LateCustomer],
    known: Iterable[CollectionCase],
    *,
    day: date,
    strategy: CollectionStrategy,
) -> tuple[CollectionCase, ...]:
    """The cases of a lane at the end of a day: opened for whoever is late, closed for whoever is not.

    Done twice for a day, it says the same; a case's id follows from its customer and the day it was opened.
    """
    open_cases = {case.customer_id: case for case in known}
    found = {each.customer_id: each for each in late}
    ended = [
        replace(case, closed_on=day, closed_why="nothing_overdue", overdue_minor=0, refreshed_on=day, **_FREE)
        for customer_id, case in open_cases.items()
        if customer_id not in found
    ]
    return (*(_refreshed(each, open_cases, day=day, strategy=strategy) for each in found.values()), *ended)


def _refreshed(
    late: LateCustomer, known: Mapping[UUID, CollectionCase], *, day: date, strategy: CollectionStrategy
) -> CollectionCase:
    case = known.get(late.customer_id)
    days = days_late(late.late_from_on, on=day, rolls=late.rolls_holidays)
    facts = {
        "overdue_minor": late.overdue_minor,
        "broken_promise_count": late.broken_promise_count,
        "never_paid_count": late.never_paid_count,
        "loan_count": late.loan_count,
    }
    fresh = CollectionCase(
        b=late.b,
        case_id=id_in_bucket(uuid5(late.customer_id, f"collection:{day.isoformat()}"), late.b),
        customer_id=late.customer_id,
        opened_on=day,
        late_from_on=late.late_from_on,
        days_past_due=days,
        loan_count=late.loan_count,
        overdue_minor=late.overdue_minor,
        owed_minor=late.owed_minor,
        stage=strategy.stage(days).name,
        risk=strategy.risk(facts),
        strategy_version=strategy.version,
        refreshed_on=day,
    )
    if case is None:
        return fresh
    kept = ("case_id", "opened_on", "taken_by", "taken_until", "agency_id", "legal_step")
    return replace(fresh, **{name: getattr(case, name) for name in kept})


_FREE: Mapping[str, None] = {"taken_by": None, "taken_until": None}


def take(case: CollectionCase, login: str, *, at: datetime) -> CollectionCase:
    """The case, kept for somebody from now on.

    Raises: CollectionCaseClosed, CollectionCaseTaken.
    """
    if case.closed_on is not None:
        raise CollectionCaseClosed(f"closed on {case.closed_on}", allowed="an open case")
    holder = case.holder(at=at)
    if holder not in (None, login):
        raise CollectionCaseTaken(f"{holder} works on it", allowed="a case that is free")
    return replace(case, taken_by=login, taken_until=at + TAKEN_FOR)


def release(case: CollectionCase, login: str, *, at: datetime) -> CollectionCase:
    """The case, free for anybody.

    Raises: CollectionCaseClosed, CollectionCaseTaken.
    """
    return replace(take(case, login, at=at), taken_by=None, taken_until=None)
