"""A day passes for many loans at once: what fell due is earned, and at the end of a month the late charges."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID, uuid5

from fenqi.core.ledger.account import bucket_in
from fenqi.core.postings.earn_many import EarnedOf, earn_many
from fenqi.core.postings.party import Cause
from fenqi.services.book_loan import book, open_loan
from fenqi.services.port import Ports
from fenqi.stores import day_step
from fenqi.stores import loan as loans
from fenqi.stores.day_step import DayWork
from fenqi.stores.fetch import Connection


def ends_month(day: date) -> bool:
    """Whether late charges are booked at the end of a day."""
    return (day + timedelta(days=1)).day == 1


async def earn_day(
    connection: Connection, ports: Ports, work: DayWork, *, day: date, is_whole: bool
) -> tuple[Counter[int], int]:
    """Book a day for every steady loan that it touches, in one statement; nothing is held before it or after.

    Gives how many loans there were in each bucket, and how many buckets it closed.

    Raises: DayChanged; the ledger's refusals.
    """
    touched = Counter([loan.b for loan in work.foretold])
    touched.update(loan.b for loan in work.stepped)
    closed_count = await day_step.close(
        connection,
        work,
        earn_many(_earned(work), day=day),
        loan_counts=[touched[b] for b in work.lane],
        day=day,
        closed_at=ports.business.now(),
        is_whole=is_whole,
    )
    return touched, closed_count


async def earn_day_of_loan(connection: Connection, ports: Ports, loan_id: UUID, *, day: date) -> bool:
    """Book a day for one loan, by replaying it; whether that was still to be done.

    Raises: the ledger's refusals.
    """
    row = await loans.lock(connection, b=bucket_in(loan_id), loan_id=loan_id)
    if row is None or row.booked_on >= day:
        return False
    loan = await open_loan(connection, row)
    await book(connection, ports, loan, cause_id=cause_of(loan_id, day=day).cause_id, value_on=day, on=day)
    return True


def cause_of(loan_id: UUID, *, day: date) -> Cause:
    """What the postings of a day follow from: the same for a loan however often the day is closed."""
    return Cause(cause_id=uuid5(loan_id, f"close:{day.isoformat()}"), effective_on=day, value_on=day)


def _earned(work: DayWork) -> Iterator[EarnedOf]:
    for loan in work.foretold:
        yield EarnedOf(loan.b, loan.loan_id, loan.currency, loan.interest_minor, loan.fee_minor)
    for loan in work.stepped:
        yield EarnedOf(
            loan.b,
            loan.loan_id.bytes,
            loan.currency,
            loan.interest_minor,
            loan.fee_minor,
            loan.penalty_minor,
            loan.subsidy_minor,
        )
