"""The lists that staff read: lines of every bucket, newest first, from a key on."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from fenqi.core.dates.business_day import late_before
from fenqi.stores.fetch import Connection, every
from fenqi.stores.ledger import EVERY_BUCKET, OwnedAccount
from fenqi.stores.packed import int2s
from fenqi.stores.query import queries
from fenqi.stores.settlement import MerchantItem

_SQL = queries("staff_list")


@dataclass(frozen=True)
class DecisionLine:
    """A decision in a list; `verdict` is what a person has answered to a referred one."""

    decision_id: UUID
    checkout_id: UUID
    outcome: str
    points: int | None
    limit_minor: int
    strategy_version: str
    scorecard_version: str
    decided_at: datetime
    verdict: str | None


@dataclass(frozen=True)
class LoanLine:
    """A loan in a list."""

    loan_id: UUID
    checkout_id: UUID
    merchant_id: UUID
    product_id: str
    status: str
    principal_minor: int
    outstanding_minor: int
    overpaid_minor: int
    currency: str
    drawn_on: date
    next_due_on: date | None
    unpaid_due_on: date | None
    rolls_holidays: bool
    """Whether a due day that is not worked moves to the next one that is."""


@dataclass(frozen=True, kw_only=True)
class DecisionFilter:
    """Which decisions: of an outcome, referred ones that nobody has answered, decided from an instant on."""

    outcome: str | None
    unanswered: bool
    from_at: datetime


async def decisions(
    connection: Connection, wanted: DecisionFilter, *, before_at: datetime, before_id: UUID, limit: int
) -> tuple[DecisionLine, ...]:
    """Decisions, newest first, before a given one."""
    parameters = {
        "outcome": wanted.outcome,
        "unanswered": wanted.unanswered,
        "from_at": wanted.from_at,
        "before_at": before_at,
        "before_id": before_id,
        "limit": limit,
    }
    return await every(connection, DecisionLine, _SQL["decisions"], parameters)


async def decisions_of_customer(
    connection: Connection, *, b: int, customer_id: UUID, limit: int
) -> tuple[DecisionLine, ...]:
    """A customer's decisions, newest first."""
    parameters = {"b": b, "customer_id": customer_id, "limit": limit}
    return await every(connection, DecisionLine, _SQL["decisions_of_customer"], parameters)


async def loans(
    connection: Connection,
    *,
    status: str | None,
    late: bool,
    today: date,
    before_on: date,
    before_id: UUID,
    limit: int,
) -> tuple[LoanLine, ...]:
    """Loans, newest first, before a given one; late ones have a due day that can no longer be paid in time."""
    parameters = {
        "status": status,
        "late": late,
        "today": today,
        "late_before": late_before(today),
        "before_on": before_on,
        "before_id": before_id,
        "limit": limit,
    }
    return await every(connection, LoanLine, _SQL["loans"], parameters)


async def accounts_of_kind(
    connection: Connection, *, kind: str, after_id: UUID, limit: int
) -> tuple[OwnedAccount, ...]:
    """The accounts of a kind, after a given one."""
    parameters = {"kind": kind, "after_id": after_id, "limit": limit}
    return await every(connection, OwnedAccount, _SQL["accounts_of_kind"], parameters)


async def accounts_of_owner(
    connection: Connection, *, owner: UUID, after_id: UUID, limit: int
) -> tuple[OwnedAccount, ...]:
    """The accounts of a loan, a customer or a merchant in every bucket, after a given one."""
    parameters = {"lane": int2s(EVERY_BUCKET), "owner": owner, "after_id": after_id, "limit": limit}
    return await every(connection, OwnedAccount, _SQL["accounts_of_owner"], parameters)


async def open_items(
    connection: Connection, *, merchant_id: UUID, before_on: date, before_id: UUID, limit: int
) -> tuple[MerchantItem, ...]:
    """What no settlement of a merchant holds yet, newest first, before a given line."""
    parameters = {"merchant_id": merchant_id, "before_on": before_on, "before_id": before_id, "limit": limit}
    return await every(connection, MerchantItem, _SQL["open_items"], parameters)
