"""Bills: one over all loans of a bill day, one for each loan without, and how they stand later."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fenqi.core.billing.bill import BilledLoan, BillStanding, bills_to_make, standing
from fenqi.core.loan.agreement import Agreement
from fenqi.core.loan.event import Disbursed, Event, Repaid
from fenqi.core.loan.replay import replay
from fenqi.core.product.catalogue import BillingMode
from fenqi.core.product.schedule import plan
from fenqi.core.product.terms import Method, Terms, TermsContradict

CUSTOMER = UUID(int=9)
DRAWN_ON = date(2026, 3, 20)


def loan(number: int, *, bill_day: int | None, on: date, drawn_on: date = DRAWN_ON, paid_minor: int = 0) -> BilledLoan:
    terms = Terms(method=Method.EQUAL_PRINCIPAL, rate_per_year=Decimal("0.12"), instalment_count=3, bill_day=bill_day)
    agreement = Agreement(terms=terms, limit_minor=30_000, currency="CNY", signed_on=drawn_on)
    events: list[Event] = [Disbursed(event_id=f"{number}", on=drawn_on, seq=1, amount_minor=30_000)]
    if paid_minor:
        events.append(Repaid(event_id=f"{number}-paid", on=on, seq=2, amount_minor=paid_minor))
    return BilledLoan(UUID(int=number), CUSTOMER, bill_day, replay(agreement, events, as_of=on))


def test_loans_of_one_bill_day_share_a_bill_due_nine_days_later():
    on = date(2026, 5, 5)
    loans = [loan(1, bill_day=5, on=on, drawn_on=date(2026, 4, 1)), loan(2, bill_day=5, on=on, drawn_on=DRAWN_ON)]

    (bill,) = bills_to_make(loans, on=on, due_until=on + timedelta(days=9))

    assert (bill.mode, bill.billed_on, bill.due_on) == (BillingMode.BILL, on, date(2026, 5, 14))
    assert [(line.loan_id.int, line.instalment) for line in bill.lines] == [(1, 1), (2, 1)]
    assert (bill.new_minor, bill.carried_minor) == (20_600, 0)


def test_a_loan_without_a_bill_day_has_a_bill_of_its_own():
    on = date(2026, 4, 11)
    loans = [loan(1, bill_day=None, on=on), loan(2, bill_day=None, on=on)]

    bills = bills_to_make(loans, on=on, due_until=on + timedelta(days=9))

    assert [bill.mode for bill in bills] == [BillingMode.ORDER] * 2
    assert [{line.loan_id.int for line in bill.lines} for bill in bills] in ([{1}, {2}], [{2}, {1}])
    assert {bill.due_on for bill in bills} == {date(2026, 4, 20)}


def test_what_is_overdue_is_carried_to_the_next_bill_and_what_is_paid_is_not_billed():
    on = date(2026, 5, 11)
    late, early = loan(1, bill_day=None, on=on), loan(2, bill_day=None, on=on, paid_minor=30_600)

    (bill,) = bills_to_make([late, early], on=on, due_until=on + timedelta(days=9))

    assert {line.loan_id.int for line in bill.lines} == {1}
    assert (bill.new_minor, bill.carried_minor) == (10_200, 10_300)


def test_the_same_bill_made_twice_is_one():
    on = date(2026, 4, 11)
    loans = [loan(1, bill_day=None, on=on)]
    first, again = (bills_to_make(loans, on=on + timedelta(days=n), due_until=date(2026, 4, 20)) for n in (0, 3))

    assert [bill.bill_id for bill in first] == [bill.bill_id for bill in again]


def test_a_bill_is_open_until_its_day_is_over_then_late_and_paid_when_nothing_is_left():
    on = date(2026, 4, 11)
    (bill,) = bills_to_make([loan(1, bill_day=None, on=on)], on=on, due_until=date(2026, 4, 20))
    owed = {(UUID(int=1), 1): 10_300}

    assert standing(bill.lines, owed, payable_until=bill.due_on, on=date(2026, 4, 20)) == (BillStanding.OPEN, 10_300)
    assert standing(bill.lines, owed, payable_until=bill.due_on, on=date(2026, 4, 21)) == (BillStanding.LATE, 10_300)
    assert standing(bill.lines, {}, payable_until=bill.due_on, on=date(2026, 4, 21)) == (BillStanding.PAID, 0)


@pytest.mark.parametrize("bill_day", [0, 29])
def test_a_bill_day_is_one_that_every_month_has(bill_day: int):
    with pytest.raises(TermsContradict):
        Terms(method=Method.FLAT_FEE, rate_per_year=Decimal(0), instalment_count=1, bill_day=bill_day)


@example(bill_day=20, drawn_on=date(2025, 2, 1), count=2, method=Method.EQUAL_INSTALMENT)
@given(
    bill_day=st.integers(1, 28),
    drawn_on=st.dates(date(2024, 1, 1), date(2027, 12, 31)),
    count=st.integers(1, 24),
    method=st.sampled_from(Method),
)
def test_a_bill_day_moves_due_days_later_and_changes_no_amount(
    bill_day: int, drawn_on: date, count: int, method: Method
):
    terms = Terms(method=method, rate_per_year=Decimal("0.12"), instalment_count=count)

    own = plan(terms, principal_minor=599_900, start_on=drawn_on).rows
    billed = plan(replace(terms, bill_day=bill_day), principal_minor=599_900, start_on=drawn_on).rows

    assert [row.total_minor for row in billed] == [row.total_minor for row in own]
    for mine, theirs in zip(billed, own, strict=True):
        assert (mine.due_on - timedelta(days=9)).day == bill_day
        assert timedelta(0) <= mine.due_on - theirs.due_on <= timedelta(days=40)
