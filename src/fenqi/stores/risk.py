"""How bad loans are at the ends of months, and whether that is booked."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from fenqi.core.ledger.account import AccountKind
from fenqi.core.loan.grading import Exposure, Grade
from fenqi.core.postings.provide import TARGETS
from fenqi.stores.fetch import Connection, change, every, first
from fenqi.stores.packed import booleans, int2s, int4s, int8s, texts, uuids
from fenqi.stores.query import queries

_SQL = queries("risk")
CONCESSIONS = ("re_aged", "re_amortised", "rate_changed", "interest_paused")
"""Events by which a loan counts as restructured; a due day moved by a whole period does too."""
_PERIOD_DAYS = 28
_RECEIVABLES = (AccountKind.INTEREST_RECEIVABLE, AccountKind.FEE_RECEIVABLE, AccountKind.PENALTY_RECEIVABLE)


@dataclass(frozen=True)
class OpenMonth:
    """A month whose days a bucket has closed and that is not graded."""

    b: int
    month_on: date


@dataclass(frozen=True)
class ExposureRow:
    """A loan that owes at the end of a month, and whose."""

    b: int
    loan_id: UUID
    customer_id: UUID
    currency: str
    days_past_due: int
    principal_minor: int
    receivable_minor: int
    restructured_on: list[date]
    periods_met: int

    @property
    def exposure(self) -> Exposure:
        """What the grading looks at."""
        return Exposure(
            loan_id=self.loan_id,
            currency=self.currency,
            days_past_due=self.days_past_due,
            principal_minor=self.principal_minor,
            receivable_minor=self.receivable_minor,
            restructured_on=tuple(self.restructured_on),
            periods_met=self.periods_met,
        )


@dataclass(frozen=True)
class Asked:
    """What the loans of a bucket's last graded month ask for."""

    bucket: int
    currency: str
    stage: int
    provision_minor: int
    suspended_minor: int


@dataclass(frozen=True)
class SetAside:
    """What one of the accounts for risk has, on its credit side."""

    bucket: int
    currency: str
    kind: str
    minor: int


@dataclass(frozen=True)
class LoanRisk:
    """A loan as it was graded last."""

    month_on: date
    category: str
    stage: int
    why: str
    is_accruing: bool
    principal_minor: int
    provision_minor: int
    suspended_minor: int


@dataclass(frozen=True)
class RiskLine:
    """The loans of one category, stage and reason at the end of a month."""

    month_on: date
    category: str
    stage: int
    why: str
    is_accruing: bool
    loan_count: int
    owed_minor: int
    provision_minor: int
    suspended_minor: int


async def to_book(connection: Connection, *, lane: Sequence[int], months: Sequence[date]) -> tuple[OpenMonth, ...]:
    """Which of some months' ends are closed in a lane and not graded, oldest first."""
    return await every(connection, OpenMonth, _SQL["to_book"], {"lane": int2s(lane), "months": list(months)})


async def exposures(
    connection: Connection, *, lane: Sequence[int], month_on: date, non_accrual_days: int
) -> tuple[ExposureRow, ...]:
    """The loans of a lane that owed at the end of a month, customer by customer.

    What is earned and unpaid is read only of those so many days past due.
    """
    parameters = {
        "lane": int2s(lane),
        "month_on": month_on,
        "non_accrual_days": non_accrual_days,
        "concessions": list(CONCESSIONS),
        "period_days": _PERIOD_DAYS,
        "receivables": [kind.value for kind in _RECEIVABLES],
    }
    return await every(connection, ExposureRow, _SQL["exposures"], parameters)


async def add(
    connection: Connection,
    graded: Sequence[tuple[int, Grade]],
    *,
    lane: Sequence[int],
    month_on: date,
    booked_at: datetime,
) -> None:
    """Keep the grades of a lane's month, each with its bucket, and that the lane is graded."""
    parameters = {
        "b": int2s([b for b, _ in graded]),
        "month_on": month_on,
        "loan_id": uuids([grade.exposure.loan_id for _, grade in graded]),
        "currency": texts(grade.exposure.currency for _, grade in graded),
        "category": texts(grade.category.value for _, grade in graded),
        "stage": int2s([grade.stage for _, grade in graded]),
        "why": texts(grade.why.value for _, grade in graded),
        "is_accruing": booleans([grade.is_accruing for _, grade in graded]),
        "principal_minor": int8s([grade.exposure.principal_minor for _, grade in graded]),
        "provision_minor": int8s([grade.provision_minor for _, grade in graded]),
        "suspended_minor": int8s([grade.suspended_minor for _, grade in graded]),
    }
    await change(connection, _SQL["add"], parameters)
    counts = Counter(b for b, _ in graded)
    closed = {
        "b": int2s(lane),
        "month_on": month_on,
        "loan_count": int4s([counts[b] for b in lane]),
        "booked_at": booked_at,
    }
    await change(connection, _SQL["close"], closed)


async def asked(connection: Connection, *, lane: Sequence[int]) -> tuple[Asked, ...]:
    """What the last graded month asks for, by bucket, currency and stage."""
    return await every(connection, Asked, _SQL["asked"], {"lane": int2s(lane)})


async def set_aside(connection: Connection, *, lane: Sequence[int]) -> tuple[SetAside, ...]:
    """What the accounts for risk have."""
    parameters = {"lane": int2s(lane), "kinds": [kind.value for kind in TARGETS]}
    return await every(connection, SetAside, _SQL["set_aside"], parameters)


async def of_loan(connection: Connection, *, b: int, loan_id: UUID, on: date) -> LoanRisk | None:
    """How a loan was graded last up to a day, or None."""
    return await first(connection, LoanRisk, _SQL["of_loan"], {"b": b, "loan_id": loan_id, "on": on})


async def months(connection: Connection, *, after_on: date, currency: str) -> tuple[RiskLine, ...]:
    """The portfolio as it was graded at the ends of the months after a day."""
    return await every(connection, RiskLine, _SQL["months"], {"after_on": after_on, "currency": currency})
