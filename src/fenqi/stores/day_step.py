"""The step of a day over many loans at once: their cache foretells what the fold would say."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from psycopg import DatabaseError

from fenqi.core.ledger.outcome import OUTCOMES, refusal_of
from fenqi.core.postings.earn_many import EarnedDay
from fenqi.stores.fetch import Connection, every, first
from fenqi.stores.loan import Loan
from fenqi.stores.packed import int2s, int4s, int8s, uuids_of
from fenqi.stores.query import queries

_SQL = queries("day_step")
_PACK: dict[str, Any] = {
    "p_buckets": (int2s, "lane"),
    "p_leg_counts": (int4s, "leg_counts"),
    **{name: (int2s, name) for name in ("t_bucket", "t_slot", "t_leg_count", "a_bucket", "a_kind", "a_ledger")},
    **{name: (int2s, name) for name in ("l_bucket", "l_slot", "l_ledger")},
    **{name: (int4s, name) for name in ("t_place", "l_place", "l_place_from")},
    **{name: (int8s, name) for name in ("a_debit", "a_credit", "l_amount_minor")},
    **{name: (uuids_of, name) for name in ("t_id", "t_hash", "t_loan_id", "t_reference", "a_id", "a_owner")},
    **{name: (uuids_of, name) for name in ("l_debit", "l_credit")},
}
_REFUSED = "ZF2"
"""How the SQLSTATE of earnings that do not stand in the books begins; the outcome of a posting follows."""


@dataclass(frozen=True, slots=True)
class SteppedLoan:
    """A loan whose cache was brought to the end of a day, and what that earned since it was last booked."""

    b: int
    loan_id: UUID
    customer_id: UUID
    merchant_id: UUID
    currency: str
    subsidy_payer_id: str | None
    interest_minor: int
    fee_minor: int
    penalty_minor: int
    subsidy_minor: int


@dataclass(frozen=True, slots=True)
class _Posted:
    transaction_count: int


@dataclass(frozen=True, slots=True)
class _Planned:
    hash_join: str
    merge_join: str


async def step(connection: Connection, *, lane: Sequence[int], day: date, month_end: bool) -> tuple[SteppedLoan, ...]:
    """Bring every steady loan of a lane that something falls due of to the end of a day.

    At the end of a month also those that are late. A loan that has been booked since is left alone. The loans are held
    until the transaction ends; their postings are the caller's. A plan is kept for lanes of any size, so until then
    plans go by index: reading every loan of a lane for the few that a day touches costs more.
    """
    parameters = {"lane": int2s(lane), "day": day, "month_end": month_end}
    await every(connection, _Planned, _SQL["plan_by_index"], {})
    return await every(connection, SteppedLoan, _SQL["step"], parameters)


async def post_earned(connection: Connection, earned: EarnedDay, *, day: date, posted_at: datetime) -> int:
    """Write what a day earns of many loans that are held; how many transactions that were.

    All of them or none.

    Raises: the ledger's refusals; UniqueViolation where one of them is in the books already.
    """
    if not earned.lane:
        return 0
    columns = {name: pack(getattr(earned, column)) for name, (pack, column) in _PACK.items()}
    parameters = {"p_bucket": earned.lane[0], "p_posted_at": posted_at, "p_day": day} | columns
    try:
        posted = await first(connection, _Posted, _SQL["post_earned"], parameters)
    except DatabaseError as error:
        if not (error.sqlstate or "").startswith(_REFUSED):
            raise
        raise refusal_of(OUTCOMES[int((error.sqlstate or "")[-2:])], day.isoformat()) from error
    return posted.transaction_count if posted else 0


async def to_replay(
    connection: Connection, *, lane: Sequence[int], day: date, month_end: bool, all_of_them: bool = False
) -> tuple[Loan, ...]:
    """The loans that a day touches and that have to be replayed, held until the transaction ends."""
    parameters = {"lane": int2s(lane), "day": day, "month_end": month_end, "all": all_of_them}
    return await every(connection, Loan, _SQL["to_replay"], parameters)
