"""The step of a day over many loans at once: their cache foretells what the fold would say."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from fenqi.stores.fetch import Connection, every
from fenqi.stores.loan import Loan
from fenqi.stores.packed import int2s
from fenqi.stores.query import queries

_SQL = queries("day_step")


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


async def to_replay(
    connection: Connection, *, lane: Sequence[int], day: date, month_end: bool, all_of_them: bool = False
) -> tuple[Loan, ...]:
    """The loans that a day touches and that have to be replayed, held until the transaction ends."""
    parameters = {"lane": int2s(lane), "day": day, "month_end": month_end, "all": all_of_them}
    return await every(connection, Loan, _SQL["to_replay"], parameters)
