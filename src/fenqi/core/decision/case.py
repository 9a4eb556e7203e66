"""A case: what a person has to look into, from the decision that raised it to what they found."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from fenqi.core.decision.limit import Bound
from fenqi.core.decision.outcome import Decision, Outcome
from fenqi.core.refusal import Kind, Refusal

TAKEN_FOR = timedelta(minutes=15)
"""How long a case is kept for whoever took it, from the last thing they did in it."""


LAST_PART = 4
"""In the last fourth of its time a case goes to those who answer for the strategy, if nobody has answered it."""


class CaseKind(StrEnum):
    """Why a person has to look."""

    REFERRED = "referred"
    """The decision was left to a person."""
    FROZEN = "frozen"
    """The order is frozen, and only people let it go on."""
    ASKED = "asked"
    """The applicant asked for a person; nobody else may answer (PIPL art. 24)."""


class Level(StrEnum):
    """Who has to look."""

    REVIEWER = "reviewer"
    """Whoever answers applications."""
    LEAD = "lead"
    """Who answers for the strategy: the reviewer was not sure, or the time is nearly over."""


class Disposition(StrEnum):
    """What was found; a label for those who build scores and rules."""

    SOUND = "sound"
    """The person is who they say and can carry the loan."""
    UNAFFORDABLE = "unaffordable"
    """The person cannot carry the loan."""
    UNPROVEN = "unproven"
    """Too little was shown to say yes."""
    FRAUD = "fraud"
    """Somebody deceives."""
    TIMED_OUT = "timed_out"
    """Nobody answered in time."""


FOUND_WHEN_APPROVED = frozenset({Disposition.SOUND})
FOUND_WHEN_DECLINED = frozenset({Disposition.UNAFFORDABLE, Disposition.UNPROVEN, Disposition.FRAUD})


class CaseUnknown(Refusal):
    """There is no such case."""

    code: ClassVar[str] = "case_unknown"
    kind: ClassVar[Kind] = Kind.UNKNOWN


class CaseClosed(Refusal):
    """The case has been answered, or its time is over."""

    code: ClassVar[str] = "case_closed"
    kind: ClassVar[Kind] = Kind.CONFLICT


class CaseTaken(Refusal):
    """Somebody else is looking into it."""

    code: ClassVar[str] = "case_taken"
    kind: ClassVar[Kind] = Kind.CONFLICT


class CaseNotYours(Refusal):
    """You have not taken this case, or it went to those who answer for the strategy."""

    code: ClassVar[str] = "case_not_yours"
    kind: ClassVar[Kind] = Kind.FORBIDDEN


class DispositionDiffers(Refusal):
    """What was found does not go with the answer."""

    code: ClassVar[str] = "disposition_differs"


@dataclass(frozen=True)
class Worker:
    """Who works on cases: a login, and the levels that their roles open."""

    login: str
    levels: frozenset[Level]


@dataclass(frozen=True, kw_only=True)
class Case:
    """A case as it stands: one a customer at a time, over all their decisions that wait for a person.

    `expected_loss_minor` is what would be lost on average if every order in it were granted; it orders the queue.
    """

    b: int
    case_id: UUID
    customer_id: UUID
    kind: CaseKind
    level: Level
    opened_at: datetime
    due_at: datetime
    expected_loss_minor: int
    taken_by: str | None = None
    taken_until: datetime | None = None
    closed_at: datetime | None = None
    closed_by: str | None = None
    disposition: Disposition | None = None
    pivot_key: str | None = None
    """With `pivot_value`, the key around which people look."""
    pivot_value: str | None = None

    def holder(self, *, at: datetime) -> str | None:
        """Who is looking into it at an instant."""
        return self.taken_by if self.taken_until is not None and at < self.taken_until else None


def expected_loss_minor(*, pd_permille: int | None, financed_minor: int) -> int:
    """What an order would lose on average, half-up; without a score the whole of it is at stake.

    Units: `pd_permille` in thousandths; a loss takes the whole amount, which orders cases as any fixed share would.
    """
    permille = 1000 if pd_permille is None else pd_permille
    return (financed_minor * permille + 500) // 1000


_BURDEN = frozenset({"debt_burden", "debt_burden_within_cap", "no_plan_affordable"})
"""The reasons that say that somebody cannot carry a loan."""
_STRICTNESS = (CaseKind.REFERRED, CaseKind.ASKED, CaseKind.FROZEN)


def joined(case: Case, *, kind: CaseKind, due_at: datetime, loss_minor: int) -> Case:
    """The case with another decision of the same customer in it: the stricter kind, the earlier end, both losses."""
    return replace(
        case,
        kind=max(case.kind, kind, key=_STRICTNESS.index),
        due_at=max(case.due_at, due_at) if kind is CaseKind.ASKED else min(case.due_at, due_at),
        expected_loss_minor=case.expected_loss_minor + loss_minor,
    )


def take(case: Case, worker: Worker, *, at: datetime) -> Case:
    """Keep the case for somebody; who has it already keeps it longer.

    Raises: CaseClosed, CaseTaken, CaseNotYours.
    """
    _require_open(case)
    holder = case.holder(at=at)
    if holder not in {None, worker.login}:
        raise CaseTaken(f"{holder} is looking into it", allowed="another case, or this one when it is free")
    if case.level not in worker.levels:
        raise CaseNotYours("the case went to those who answer for the strategy", allowed="a case of your own level")
    return replace(case, taken_by=worker.login, taken_until=at + TAKEN_FOR)


def release(case: Case, worker: Worker, *, at: datetime) -> Case:
    """Give the case back to the queue.

    Raises: CaseClosed, CaseNotYours.
    """
    _require_held(case, worker, at=at)
    return replace(case, taken_by=None, taken_until=None)


def escalate(case: Case, worker: Worker, *, at: datetime) -> Case:
    """Pass the case on to those who answer for the strategy.

    Raises: CaseClosed, CaseNotYours if the worker does not hold it, or if it is there already.
    """
    _require_held(case, worker, at=at)
    if case.level is Level.LEAD:
        raise CaseNotYours("the case is with those who answer for the strategy", allowed="an answer")
    return replace(case, level=Level.LEAD, taken_by=None, taken_until=None)


def escalate_late(case: Case) -> Case:
    """The same, because its time is nearly over: whoever holds it may still answer."""
    return replace(case, level=Level.LEAD)


def close(case: Case, *, by: str, disposition: Disposition, at: datetime) -> Case:
    """The case ends with what was found.

    Raises: CaseClosed.
    """
    _require_open(case)
    return replace(case, closed_at=at, closed_by=by, disposition=disposition, taken_by=None, taken_until=None)


def disposition_of(found: Disposition | None, *, approved: bool) -> Disposition:
    """What a person found, by their answer where they do not say.

    Raises: DispositionDiffers.
    """
    fitting = FOUND_WHEN_APPROVED if approved else FOUND_WHEN_DECLINED
    if found is None:
        return Disposition.SOUND if approved else Disposition.UNPROVEN
    if found not in fitting:
        answer = "an approval" if approved else "a decline"
        raise DispositionDiffers(f"{found} does not go with {answer}", allowed=", ".join(sorted(fitting)))
    return found


def disposition_of_decision(decision: Decision) -> Disposition:
    """What a decision found that ended a case by itself: a burden only where nothing else speaks against the loan."""
    if decision.outcome is Outcome.APPROVE:
        return Disposition.SOUND
    is_income_short = decision.limit is not None and decision.limit.bound_by is Bound.AFFORDABILITY
    burden = {*_BURDEN, "limit_below_order"} if is_income_short else _BURDEN
    is_burden = all(reason.code in burden for reason in decision.reasons)
    return Disposition.UNAFFORDABLE if is_burden else Disposition.UNPROVEN


def _require_open(case: Case) -> None:
    if case.closed_at is not None:
        raise CaseClosed(f"the case ended as {case.disposition}", allowed="an open case")


def _require_held(case: Case, worker: Worker, *, at: datetime) -> None:
    _require_open(case)
    if case.holder(at=at) != worker.login:
        raise CaseNotYours("you are not looking into this case", allowed="take it first")
