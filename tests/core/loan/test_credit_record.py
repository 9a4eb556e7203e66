"""What a bureau is told of a loan at a month's end, by how it stands."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from loans import PRICE, START, agreement, drawn, paid

from fenqi.core.loan.classification import Category
from fenqi.core.loan.credit_record import (
    AccountState,
    CreditRecord,
    CreditRecordUnchanged,
    LoanMonth,
    corrected,
    record_in_time,
    record_of_state,
)
from fenqi.core.loan.event import ChargedOff
from fenqi.core.loan.replay import replay
from fenqi.core.loan.state import Status

FIRST_DUE = date(2026, 2, 28)


def month(on: date, *, status: Status = Status.ACTIVE) -> LoanMonth:
    return LoanMonth(
        loan_id=UUID(int=1),
        customer_id=UUID(int=2),
        month_on=on,
        drawn_on=START,
        currency="CNY",
        status=status,
        days_past_due=0,
        credit_minor=PRICE,
        balance_minor=PRICE,
    )


def told(on: date, *events) -> CreditRecord:
    state = replay(agreement(), (drawn(), *events), as_of=on)
    return record_of_state(month(on), state, category=Category.SPECIAL_MENTION)


@pytest.mark.parametrize(
    ("days", "code", "count"), [(1, "1", 1), (30, "1", 1), (31, "2", 2), (61, "3", 3), (91, "4", 4), (181, "7", 7)]
)
def test_lateness_is_told_by_its_age_and_ages_add_up_to_the_principal(days: int, code: str, count: int) -> None:
    record = told(FIRST_DUE + timedelta(days=days))

    assert (record.repayment, record.account_state, record.is_adverse) == (code, AccountState.OVERDUE, True)
    assert abs(record.overdue_count - count) <= 1
    assert record.since_on == FIRST_DUE
    ages = (record.overdue_31_minor, record.overdue_61_minor, record.overdue_91_minor, record.overdue_181_minor)
    assert sum(ages) <= record.overdue_minor <= record.balance_minor + record.overdue_minor
    assert (sum(ages) > 0) == (days > 30)


def test_what_is_not_late_speaks_for_its_borrower() -> None:
    assert record_in_time(month(START), category=Category.NORMAL).repayment == "*"
    assert record_in_time(month(date(2026, 2, 27)), category=Category.NORMAL).repayment == "N"
    closed = record_in_time(month(date(2026, 2, 27), status=Status.CLOSED), category=Category.LOSS)
    assert (closed.repayment, closed.balance_minor, closed.category) == ("C", 0, Category.NORMAL)


def test_a_loan_that_was_given_up_says_so() -> None:
    gone = told(FIRST_DUE + timedelta(days=200), ChargedOff(event_id="off", on=date(2026, 9, 1), seq=1))

    assert (gone.repayment, gone.account_state) == ("B", AccountState.WRITTEN_OFF)


def test_a_correction_is_the_next_version_and_only_of_something_else() -> None:
    on = FIRST_DUE + timedelta(days=5)
    late, on_time = told(on), told(on, paid(60_000, FIRST_DUE))

    assert corrected(late, on_time, was_rejected=False).version == 2
    with pytest.raises(CreditRecordUnchanged):
        corrected(corrected(late, on_time, was_rejected=False), on_time, was_rejected=False)
