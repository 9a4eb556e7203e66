"""The step of a day over many loans at once: their cache foretells what the fold would say.

What a day touches is read without holding anything; `close` writes it in one statement if all is as it was read.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from psycopg import DatabaseError

from fenqi.core.ledger.outcome import OUTCOMES, refusal_of
from fenqi.core.postings.earn_many import EarnedDay
from fenqi.core.refusal import Kind, Refusal
from fenqi.stores.fetch import Connection, Statement, every, first, together
from fenqi.stores.packed import Packed, dates, int2s, int4s, int8s, optional_dates, uuids, uuids_of
from fenqi.stores.query import queries

_SQL = queries("day_step")
_TRANSACTION = {
    **dict.fromkeys(("t_bucket", "t_slot"), int2s),
    "t_place": int4s,
    **dict.fromkeys(("t_leg_count", "t_kind"), int2s),
    **dict.fromkeys(("t_id", "t_hash", "t_loan_id", "t_reference"), uuids_of),
}
_ACCOUNT = {
    "a_bucket": int2s,
    "a_id": uuids_of,
    "a_kind": int2s,
    "a_owner": uuids_of,
    "a_ledger": int2s,
    **dict.fromkeys(("a_debit", "a_credit"), int8s),
}
_LEG = {
    **dict.fromkeys(("l_bucket", "l_slot"), int2s),
    **dict.fromkeys(("l_place", "l_place_from"), int4s),
    **dict.fromkeys(("l_debit", "l_credit"), uuids_of),
    "l_amount_minor": int8s,
    "l_ledger": int2s,
}
_REFUSED = "ZF2"
"""How the SQLSTATE of earnings that do not stand in the books begins; the outcome of a posting follows."""
_CHANGED = "ZF301"


class DayChanged(Refusal):
    """Something happened to a loan between reading what a day touches and writing it; reading it again helps."""

    code: ClassVar[str] = "day_changed"
    kind: ClassVar[Kind] = Kind.CONFLICT


@dataclass(frozen=True, slots=True)
class OpenDay:
    """A bucket that has not closed a day, and up to which day it has earned what falls due as planned."""

    b: int
    earned_on: date | None


@dataclass(frozen=True, slots=True)
class ForetoldLoan:
    """A loan of which something falls due as planned, which changes nothing else of it. Its id is in bytes."""

    b: int
    loan_id: bytes
    currency: str
    interest_minor: int
    fee_minor: int


@dataclass(frozen=True, slots=True)
class SteppedLoan:
    """A loan as it was read, what it earns and what is to be kept of it at the end of a day, if it is steady.

    `booked_…` are what is added to its books, with what was earned since they were kept; `grown` are the instalments
    whose late charge grows.
    """

    b: int
    loan_id: UUID
    currency: str
    last_seq: int
    booked_on: date
    is_steady: bool
    subsidy_earned_minor: int
    subsidy_minor: int
    booked_interest_minor: int
    booked_fee_minor: int
    interest_minor: int
    fee_minor: int
    penalty_minor: int
    late_minor: int
    next_due_on: date | None
    oldest_unpaid_due_on: date | None
    grown: list[int] | None
    grown_by_minor: list[int] | None
    grown_to_weight: list[int] | None


@dataclass(frozen=True, slots=True)
class ReplayedLoan:
    """A loan that a day touches and that has to be replayed."""

    loan_id: UUID


@dataclass(frozen=True, slots=True)
class DayWork:
    """What a day touches in some buckets, as it was read; those `to_earn` have still to earn what is foretold."""

    lane: tuple[int, ...]
    to_earn: tuple[int, ...]
    foretold: tuple[ForetoldLoan, ...]
    stepped: tuple[SteppedLoan, ...]
    has_more: bool
    """Whether there are loans that are not steady and have to be replayed."""


@dataclass(frozen=True, slots=True)
class _Closed:
    bucket_count: int


async def open_days(connection: Connection, *, lane: Sequence[int], day: date) -> tuple[OpenDay, ...]:
    """The buckets of a lane that have not closed a day."""
    return await every(connection, OpenDay, _SQL["open_days"], {"lane": int2s(lane), "day": day})


async def read(
    connection: Connection, *, lane: Sequence[int], to_earn: Sequence[int], day: date, month_end: bool
) -> DayWork:
    """What a day touches in a lane: what falls due, and at the end of a month whatever is late."""
    foretold, found = await together(
        connection,
        Statement(ForetoldLoan, _SQL["foretold"], {"lane": int2s(to_earn), "day": day}),
        Statement(SteppedLoan, _SQL["step"], {"lane": int2s(lane), "day": day, "month_end": month_end}),
    )
    stepped = tuple(loan for loan in found if loan.is_steady)
    return DayWork(tuple(lane), tuple(to_earn), foretold, stepped, has_more=len(stepped) < len(found))


async def close(
    connection: Connection,
    work: DayWork,
    earned: EarnedDay,
    *,
    loan_counts: Sequence[int],
    day: date,
    closed_at: datetime,
    is_whole: bool,
) -> int:
    """Write what a day makes of many loans, all of it or nothing; how many buckets are closed now that were not.

    A bucket is only marked if that is the whole of its day.

    Raises: DayChanged; the ledger's refusals; UniqueViolation where a transaction is in the books already.
    """
    parameters = {
        "p_bucket": work.lane[0],
        "p_buckets": int2s(work.lane),
        "p_loan_counts": int4s(loan_counts),
        "p_day": day,
        "p_closed_at": closed_at,
        "p_is_whole": is_whole,
        "f_buckets": int2s(work.to_earn),
        **_foretold(work.foretold),
        **_stepped(work.stepped),
        **_grown(work.stepped),
        "e_buckets": int2s(earned.lane),
        "e_leg_counts": int4s(earned.leg_counts),
        **_columns(_TRANSACTION, earned.transactions),
        **_columns(_ACCOUNT, earned.accounts),
        **_columns(_LEG, earned.legs),
    }
    try:
        closed = await first(connection, _Closed, _SQL["close_lane"], parameters)
    except DatabaseError as error:
        state = error.sqlstate or ""
        if state == _CHANGED:
            raise DayChanged(f"{day.isoformat()} has changed since it was read", allowed="another attempt") from error
        if not state.startswith(_REFUSED):
            raise
        raise refusal_of(OUTCOMES[int(state[-2:])], day.isoformat()) from error
    return closed.bucket_count if closed else 0


async def to_replay(
    connection: Connection, *, lane: Sequence[int], day: date, month_end: bool, all_of_them: bool = False
) -> tuple[ReplayedLoan, ...]:
    """The loans that a day touches and that have to be replayed."""
    parameters = {"lane": int2s(lane), "day": day, "month_end": month_end, "all": all_of_them}
    return await every(connection, ReplayedLoan, _SQL["to_replay"], parameters)


def _columns(packs: Mapping[str, Callable[[Any], Packed]], rows: Sequence[Any]) -> dict[str, Packed]:
    """Rows turned into one array for each of their fields."""
    fields: Iterable[Sequence[Any]] = zip(*rows, strict=True) if rows else [()] * len(packs)
    return {name: pack(field) for (name, pack), field in zip(packs.items(), fields, strict=True)}


def _foretold(loans: Sequence[ForetoldLoan]) -> dict[str, Packed]:
    return {
        "f_loan_id": uuids_of([loan.loan_id for loan in loans]),
        "f_interest_minor": int8s([loan.interest_minor for loan in loans]),
        "f_fee_minor": int8s([loan.fee_minor for loan in loans]),
    }


def _stepped(loans: Sequence[SteppedLoan]) -> dict[str, Packed]:
    return {
        "s_bucket": int2s([loan.b for loan in loans]),
        "s_loan_id": uuids([loan.loan_id for loan in loans]),
        "s_seq": int4s([loan.last_seq for loan in loans]),
        "s_booked_on": dates([loan.booked_on for loan in loans]),
        "s_interest_minor": int8s([loan.booked_interest_minor for loan in loans]),
        "s_fee_minor": int8s([loan.booked_fee_minor for loan in loans]),
        "s_penalty_minor": int8s([loan.penalty_minor for loan in loans]),
        "s_late_minor": int8s([loan.late_minor for loan in loans]),
        "s_subsidy_minor": int8s([loan.subsidy_earned_minor for loan in loans]),
        "s_next_due_on": optional_dates([loan.next_due_on for loan in loans]),
        "s_oldest_unpaid_due_on": optional_dates([loan.oldest_unpaid_due_on for loan in loans]),
    }


def _grown(loans: Iterable[SteppedLoan]) -> dict[str, Packed]:
    lines = [
        (loan.b, loan.loan_id, *line)
        for loan in loans
        for line in zip(loan.grown or (), loan.grown_by_minor or (), loan.grown_to_weight or (), strict=True)
    ]
    return {
        "g_bucket": int2s([line[0] for line in lines]),
        "g_loan_id": uuids([line[1] for line in lines]),
        "g_instalment": int2s([line[2] for line in lines]),
        "g_late_minor": int8s([line[3] for line in lines]),
        "g_late_weight": int8s([line[4] for line in lines]),
    }
