"""A day passes for many loans at once: what fell due is earned, and at the end of a month the late charges."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID, uuid5

from fenqi.core.ledger.outcome import demand
from fenqi.core.postings.earn import Earned, earn
from fenqi.core.postings.earn_many import EarnedOf, earn_many
from fenqi.core.postings.party import Cause, Party
from fenqi.services.book_loan import book, open_loan
from fenqi.services.port import Ports
from fenqi.stores import day_step, posting
from fenqi.stores.day_step import SteppedLoan
from fenqi.stores.fetch import Connection
from fenqi.stores.loan import Loan


def ends_month(day: date) -> bool:
    """Whether late charges are booked at the end of a day."""
    return (day + timedelta(days=1)).day == 1


async def earn_day(connection: Connection, ports: Ports, *, day: date, lane: Sequence[int]) -> Counter[int]:
    """Book a day for every steady loan of a lane that it touches: one statement, and one call to the books,
    or two where a subsidy is earned or something is taken back.

    Gives how many there were in each bucket.

    Raises: the ledger's refusals.
    """
    loans = await day_step.step(connection, lane=lane, day=day, month_end=ends_month(day))
    posted_at = ports.business.now()
    plain = [loan for loan in loans if _is_plain(loan)]
    await day_step.post_earned(connection, earn_many(map(_earned_of, plain), day=day), day=day, posted_at=posted_at)
    transactions = [
        transaction
        for loan in loans
        if not _is_plain(loan)
        for transaction in earn(_party(loan), _earned(loan), cause=cause_of(loan.loan_id, day=day))
    ]
    if transactions:
        demand(*await posting.post(connection, transactions, posted_at=posted_at))
    return Counter(loan.b for loan in loans)


async def earn_day_of_loan(connection: Connection, ports: Ports, row: Loan, *, day: date) -> None:
    """Book a day for one loan, by replaying it.

    Raises: the ledger's refusals.
    """
    loan = await open_loan(connection, row)
    await book(connection, ports, loan, cause_id=cause_of(row.loan_id, day=day).cause_id, value_on=day, on=day)


def cause_of(loan_id: UUID, *, day: date) -> Cause:
    """What the postings of a day follow from: the same for a loan however often the day is closed."""
    return Cause(cause_id=uuid5(loan_id, f"close:{day.isoformat()}"), effective_on=day, value_on=day)


def _is_plain(loan: SteppedLoan) -> bool:
    """Whether a loan earned what earnings in columns can say: no subsidy, and nothing less than nothing."""
    return not loan.subsidy_minor and min(loan.interest_minor, loan.fee_minor, loan.penalty_minor) >= 0


def _earned_of(loan: SteppedLoan) -> EarnedOf:
    return EarnedOf(loan.b, loan.loan_id, loan.currency, loan.interest_minor, loan.fee_minor, loan.penalty_minor)


def _party(loan: SteppedLoan) -> Party:
    return Party(
        loan_id=loan.loan_id,
        customer_id=loan.customer_id,
        merchant_id=loan.merchant_id,
        currency=loan.currency,
        subsidy_payer_id=None if loan.subsidy_payer_id is None else UUID(loan.subsidy_payer_id),
    )


def _earned(loan: SteppedLoan) -> Earned:
    return Earned(
        interest_minor=loan.interest_minor,
        fee_minor=loan.fee_minor,
        penalty_minor=loan.penalty_minor,
        subsidy_minor=loan.subsidy_minor,
    )
