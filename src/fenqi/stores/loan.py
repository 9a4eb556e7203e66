"""Loans: the events that are the truth, and the cache of their fold."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb

from fenqi.core.postings.books import LoanBooks, books_from_record, with_earned
from fenqi.stores.fetch import Connection, Statement, change, every, first, together
from fenqi.stores.query import queries

_SQL = queries("loan")


@dataclass(frozen=True)
class Loan:
    """A loan's cached state as of `booked_on`; `booked` is its books as they were posted then.

    What has fallen due since, up to `fallen_on`, and was earned with the whole bucket's is beside it.
    """

    b: int
    loan_id: UUID
    customer_id: UUID
    agreement_id: UUID
    checkout_b: int
    checkout_id: UUID
    merchant_id: UUID
    lender_id: UUID
    product_id: str
    currency: str
    principal_minor: int
    terms: dict[str, Any]
    status: str
    outstanding_minor: int
    overpaid_minor: int
    next_due_on: date | None
    oldest_unpaid_due_on: date | None
    drawn_on: date
    booked: dict[str, Any]
    booked_on: date
    subsidy: dict[str, Any]
    last_seq: int
    fallen_on: date | None = None
    fallen_interest_minor: int = 0
    fallen_fee_minor: int = 0

    @property
    def books(self) -> LoanBooks:
        """What the ledger holds of it."""
        return with_earned(
            books_from_record(self.booked),
            interest_minor=self.fallen_interest_minor,
            fee_minor=self.fallen_fee_minor,
        )

    @property
    def books_on(self) -> date:
        """The day up to which that is everything."""
        return self.fallen_on or self.booked_on


@dataclass(frozen=True)
class _Held:
    b: int


@dataclass(frozen=True)
class DayRule:
    """What the day step knows of a loan: whether its cache foretells it, and the late charge."""

    is_steady: bool
    late_rate_per_day: Decimal
    truncates: bool


@dataclass(frozen=True)
class LoanEvent:
    """One thing that happened to a loan, in order of arrival."""

    b: int
    loan_id: UUID
    seq: int
    event_id: UUID
    kind: str
    happened_on: date
    content: dict[str, Any]
    recorded_at: datetime


@dataclass(frozen=True)
class Instalment:
    """One row of the plan as it now stands."""

    b: int
    loan_id: UUID
    instalment: int
    due_on: date
    principal_minor: int
    interest_minor: int
    fee_minor: int
    penalty_minor: int
    paid_minor: int
    settled_on: date | None
    interest_early_minor: int
    fee_early_minor: int
    penalty_early_minor: int
    principal_unpaid_minor: int
    late_weight: int
    late_from_on: date | None
    currency: str
    is_foretold: bool
    """Whether it is earned with all that falls due in the bucket on its day, unless something happens before."""

    @property
    def owed_minor(self) -> int:
        """What is still to be paid of it."""
        due_minor = self.principal_minor + self.interest_minor + self.fee_minor + self.penalty_minor
        return due_minor - self.paid_minor


@dataclass(frozen=True)
class ClosedUntil:
    """The last day that a bucket has closed."""

    b: int
    closed_on: date


@dataclass(frozen=True)
class _Counted:
    loan_count: int


@dataclass(frozen=True)
class _People:
    customer_count: int


@dataclass(frozen=True)
class FirstDrawn:
    """The day of a bucket's first loan."""

    b: int
    drawn_on: date


def _parameters(loan: Loan) -> dict[str, Any]:
    sealed = {"terms": Jsonb(loan.terms), "booked": Jsonb(loan.booked), "subsidy": Jsonb(loan.subsidy)}
    return asdict(loan) | sealed


async def add(connection: Connection, loan: Loan) -> None:
    """A new loan."""
    await change(connection, _SQL["add"], _parameters(loan))


async def find(connection: Connection, *, b: int, loan_id: UUID) -> Loan | None:
    """One loan."""
    return await first(connection, Loan, _SQL["find"], {"b": b, "loan_id": loan_id})


async def lock(connection: Connection, *, b: int, loan_id: UUID) -> Loan | None:
    """One loan, held until the transaction ends; its bucket earns no day meanwhile."""
    key = {"b": b, "loan_id": loan_id}
    holding = (Statement(_Held, _SQL[name], key) for name in ("hold_day", "hold"))
    *_, found = await together(connection, *holding, Statement(Loan, _SQL["find"], key))
    return found[0] if found else None


async def of_customer(connection: Connection, *, b: int, customer_id: UUID) -> tuple[Loan, ...]:
    """A customer's loans, newest first."""
    return await every(connection, Loan, _SQL["of_customer"], {"b": b, "customer_id": customer_id})


async def suspected_count(connection: Connection, *, b: int, customer_id: UUID) -> int:
    """How many loans of a customer are flagged as suspected fraud."""
    found = await first(connection, _Counted, _SQL["suspected"], {"b": b, "customer_id": customer_id})
    return found.loan_count if found else 0


async def late_customers_count(
    connection: Connection, *, lane: Sequence[int], customers: Sequence[UUID], due_before: date
) -> int:
    """How many of these customers owe something that fell due before a day."""
    parameters = {"lane": list(lane), "customers": list(customers), "due_before": due_before}
    found = await first(connection, _People, _SQL["late_customers_count"], parameters)
    return found.customer_count if found else 0


async def in_lane(connection: Connection, *, lane: Sequence[int]) -> tuple[Loan, ...]:
    """Every loan of a lane."""
    return await every(connection, Loan, _SQL["in_lane"], {"lane": list(lane)})


async def save(connection: Connection, loan: Loan, rule: DayRule) -> None:
    """What the fold now says of a loan."""
    await change(connection, _SQL["save"], _parameters(loan) | asdict(rule))


async def add_event(connection: Connection, event: LoanEvent) -> None:
    """Append an event."""
    await change(connection, _SQL["add_event"], asdict(event) | {"content": Jsonb(event.content)})


async def events(connection: Connection, *, b: int, loan_id: UUID) -> tuple[LoanEvent, ...]:
    """A loan's events in order of arrival."""
    return await every(connection, LoanEvent, _SQL["events"], {"b": b, "loan_id": loan_id})


async def replace_instalments(
    connection: Connection, *, b: int, loan_id: UUID, instalments: Sequence[Instalment]
) -> None:
    """The rows of a loan as they now stand."""
    await change(connection, _SQL["clear_instalments"], {"b": b, "loan_id": loan_id})
    async with connection.cursor() as cursor:
        await cursor.executemany(_SQL["add_instalment"].encode(), [asdict(row) for row in instalments])


async def instalments(connection: Connection, *, b: int, loan_id: UUID) -> tuple[Instalment, ...]:
    """The rows of a loan, in order."""
    return await every(connection, Instalment, _SQL["instalments"], {"b": b, "loan_id": loan_id})


async def closed_until(connection: Connection, *, lane: Sequence[int]) -> tuple[ClosedUntil, ...]:
    """The last closed day of each bucket of a lane that has closed one."""
    return await every(connection, ClosedUntil, _SQL["closed_until"], {"lane": list(lane)})


async def first_drawn(connection: Connection, *, lane: Sequence[int]) -> tuple[FirstDrawn, ...]:
    """The day of the first loan of each bucket of a lane that has one."""
    return await every(connection, FirstDrawn, _SQL["first_drawn"], {"lane": list(lane)})


async def count_up_to(connection: Connection, *, lane: Sequence[int], most: int) -> int:
    """How many loans a lane holds; no more than that are looked at."""
    found = await first(connection, _Counted, _SQL["count_up_to"], {"lane": list(lane), "most": most})
    return found.loan_count if found else 0


async def close_day(
    connection: Connection, *, lane: Sequence[int], loan_counts: Sequence[int], day: date, closed_at: datetime
) -> int:
    """Mark a day closed in every bucket of a lane; a bucket that has closed it keeps its mark."""
    parameters = {"lane": list(lane), "loan_counts": list(loan_counts), "day": day, "closed_at": closed_at}
    return await change(connection, _SQL["close_day"], parameters)
