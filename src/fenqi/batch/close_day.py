"""A day is closed: what fell due on it is earned, lane by lane, and no bucket twice."""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import ClassVar
from uuid import UUID

import structlog
from psycopg import DataError, IntegrityError, InternalError

from fenqi.batch.lane import lanes_of
from fenqi.core.ledger.account import bucket_in
from fenqi.core.refusal import Kind, Refusal
from fenqi.services.earn_day import earn_day, earn_day_of_loan, ends_month
from fenqi.stores import day_step, portfolio
from fenqi.stores import loan as loans
from fenqi.stores.day_step import DayChanged, DayWork
from fenqi.stores.fetch import Connection
from fenqi.wiring import Installation

ONE_DAY = timedelta(days=1)
WRITERS = 2
"""Lanes that are closed side by side."""
ATTEMPTS = 5
"""How often what a day touches is read again because something happened to one of the loans."""
FAILURES = (Refusal, ArithmeticError, LookupError, ValueError, DataError, IntegrityError, InternalError)
"""What one loan can do wrong; if the database goes away or an invariant is broken, everything stops."""
_log = structlog.get_logger()


class DayNotOver(Refusal):
    """The day is still going on, or has not begun."""

    code: ClassVar[str] = "day_not_over"
    kind: ClassVar[Kind] = Kind.CONFLICT


class DayBehind(Refusal):
    """A bucket has still to earn the day before."""

    code: ClassVar[str] = "day_behind"
    kind: ClassVar[Kind] = Kind.CONFLICT


@dataclass(frozen=True)
class LoanNotClosed:
    """A loan whose day could not be closed, and why."""

    loan_id: UUID
    day: date
    what: str


@dataclass(frozen=True)
class ClosedDay:
    """What closing a day touched. A bucket with a loan that failed stays open, and is tried again by the next run."""

    day: date
    bucket_count: int
    loan_count: int
    failures: tuple[LoanNotClosed, ...] = ()


@dataclass(frozen=True)
class Progress:
    """How far a day is."""

    day: date
    lane_count: int
    lanes_done: int
    loan_count: int


def unheard(progress: Progress) -> None:
    """Nobody wants to know."""


@dataclass
class _Run:
    """A day on its way: what is done, and which buckets have failed on it or on a day before."""

    installation: Installation
    day: date
    stuck: set[int]
    tell: Callable[[Progress], None]
    lane_count: int = 0
    lanes_done: int = 0
    bucket_count: int = 0
    loan_count: int = 0
    failures: list[LoanNotClosed] = field(default_factory=list[LoanNotClosed])


@dataclass
class _Lane:
    """A few buckets on their way: what was touched, what has no mark yet, and what has to be booked loan by loan."""

    touched: Counter[int] = field(default_factory=Counter[int])
    unmarked: list[int] = field(default_factory=list[int])
    alone: list[int] = field(default_factory=list[int])


async def close_until(
    installation: Installation, *, day: date, lane: Sequence[int], tell: Callable[[Progress], None] = unheard
) -> tuple[ClosedDay, ...]:
    """Close a day in every bucket of a lane that has not closed it, after every day before it that is still open.

    A few buckets at a time: killed at any instant, each loan has earned the day or it has not, and the next run does
    the rest. Nothing is done about a day that everything has closed. A loan that fails
    does not keep the others waiting: it is named in the result.

    Raises: DayNotOver.
    """
    today = installation.ports.business.today()
    if day >= today:
        raise DayNotOver(f"{day.isoformat()} is not over", allowed=f"before {today.isoformat()}")
    first = await _first_open(installation, lane=lane)
    days = (first + ONE_DAY * number for number in range((day - first).days + 1))
    stuck, lanes = set[int](), await lanes_of(installation, lane)
    return tuple([await _close(_Run(installation, each, stuck, tell), lanes) for each in days])


async def catch_up(installation: Installation, *, lane: Sequence[int]) -> int:
    """Close every day that is over and not closed; of how many something is closed that was not."""
    yesterday = installation.ports.business.today() - ONE_DAY
    closed = await close_until(installation, day=yesterday, lane=lane)
    return sum(bool(each.bucket_count) for each in closed)


async def _first_open(installation: Installation, *, lane: Sequence[int]) -> date:
    """The earliest day that a bucket has still to close.

    One that never closed a day begins with its first loan; where there is none, there is nothing before yesterday.
    """
    async with installation.transaction() as connection:
        closed = {row.b: row.closed_on for row in await loans.closed_until(connection, lane=lane)}
        never = [b for b in lane if b not in closed]
        drawn = [row.drawn_on for row in await loans.first_drawn(connection, lane=never)]
    open_from = [*(on + ONE_DAY for on in closed.values()), *drawn]
    return min(open_from, default=installation.ports.business.today() - ONE_DAY)


async def _close(run: _Run, lanes: Sequence[Sequence[int]]) -> ClosedDay:
    """Loans that nothing fell due of are not touched; a month's last day also books the late charges of the month."""
    run.lane_count = len(lanes)
    waiting = iter(lanes)
    async with asyncio.TaskGroup() as writers:
        for _ in range(WRITERS):
            writers.create_task(_write(run, waiting))
    return ClosedDay(
        day=run.day, bucket_count=run.bucket_count, loan_count=run.loan_count, failures=tuple(run.failures)
    )


async def _write(run: _Run, waiting: Iterator[Sequence[int]]) -> None:
    for lane in waiting:
        await _close_lane(run, lane)
        run.lanes_done += 1
        run.tell(Progress(run.day, run.lane_count, run.lanes_done, run.loan_count))


async def _close_lane(run: _Run, buckets: Sequence[int]) -> None:
    """Close a day in a few buckets: what can be foretold at once, the rest by replaying, and then the mark."""
    month_end, lane = ends_month(run.day), _Lane()
    async with run.installation.reading() as connection:
        await _earn_together(connection, run, lane, buckets)
        together = [b for b in lane.unmarked if b not in lane.alone]
        rows = (
            *await day_step.to_replay(connection, lane=together, day=run.day, month_end=month_end),
            *await day_step.to_replay(connection, lane=lane.alone, day=run.day, month_end=month_end, all_of_them=True),
        )
    lane.touched.update([bucket_in(row.loan_id) for row in rows if await _is_earned_alone(run, row.loan_id)])
    run.loan_count += lane.touched.total()
    done = [b for b in lane.unmarked if b not in run.stuck]
    if not done:
        return
    async with run.installation.reading() as connection:
        if month_end:
            await portfolio.add_month(connection, lane=done, day=run.day)
        run.bucket_count += await loans.close_day(
            connection,
            lane=done,
            loan_counts=[lane.touched[b] for b in done],
            day=run.day,
            closed_at=run.installation.ports.business.now(),
        )


async def _earn_together(connection: Connection, run: _Run, lane: _Lane, buckets: Sequence[int]) -> None:
    """Book the day for all steady loans at once; where they fail, in halves, down to the bucket that is the cause."""
    try:
        await _earn(connection, run, lane, buckets)
    except FAILURES as failure:
        _log.warning("lane not closed at once", day=run.day.isoformat(), lane=list(buckets), what=str(failure))
        if len(buckets) == 1:
            lane.alone.extend(buckets)
            lane.unmarked.extend(buckets)
            return
        for half in (buckets[: len(buckets) // 2], buckets[len(buckets) // 2 :]):
            await _earn_together(connection, run, lane, half)


async def _earn(connection: Connection, run: _Run, lane: _Lane, buckets: Sequence[int]) -> None:
    """Read what the day touches and write it; again from the start if something happened in between."""
    for attempt in range(1, ATTEMPTS + 1):
        work = await _read(connection, run, buckets)
        if not work.lane:
            return
        is_whole = not (work.has_more or ends_month(run.day) or run.stuck.intersection(work.lane))
        try:
            touched, marked = await earn_day(connection, run.installation.ports, work, day=run.day, is_whole=is_whole)
        except DayChanged:
            if attempt == ATTEMPTS:
                raise
        else:
            lane.touched.update(touched)
            lane.unmarked.extend(() if is_whole else work.lane)
            run.bucket_count += marked
            return


async def _read(connection: Connection, run: _Run, lane: Sequence[int]) -> DayWork:
    """What is left of the day; a bucket earns its days one after the other, so one that is behind fails."""
    open_days = await day_step.open_days(connection, lane=lane, day=run.day)
    before = run.day - ONE_DAY
    behind = [each.b for each in open_days if each.earned_on is not None and each.earned_on < before]
    if behind:
        raise DayBehind(f"{before.isoformat()} is not earned in buckets {behind}", allowed="one day after the other")
    return await day_step.read(
        connection,
        lane=[each.b for each in open_days],
        to_earn=[each.b for each in open_days if each.earned_on is None or each.earned_on == before],
        day=run.day,
        month_end=ends_month(run.day),
    )


async def _is_earned_alone(run: _Run, loan_id: UUID) -> bool:
    try:
        async with run.installation.transaction() as connection:
            return await earn_day_of_loan(connection, run.installation.ports, loan_id, day=run.day)
    except FAILURES as failure:
        _log.warning("loan not closed", day=run.day.isoformat(), loan_id=str(loan_id), what=str(failure))
        run.failures.append(LoanNotClosed(loan_id, run.day, str(failure)))
        run.stuck.add(bucket_in(loan_id))
        return False
