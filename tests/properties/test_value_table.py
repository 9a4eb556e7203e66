"""What many loans have earned and what closes them is what each loan's replay says."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from fenqi.core.dates.day_count import DayCount
from fenqi.core.loan.agreement import Agreement
from fenqi.core.loan.arrears_table import DueTable
from fenqi.core.loan.event import Disbursed, Event, Repaid
from fenqi.core.loan.policy import Policy
from fenqi.core.loan.replay import replay
from fenqi.core.loan.state import LoanState
from fenqi.core.loan.steady import is_steady
from fenqi.core.loan.valuation import value
from fenqi.core.loan.value_figure import value_figures
from fenqi.core.loan.value_table import ValueTable, accrual_many, payoff_many
from fenqi.core.product.terms import Frequency, Method, Rounding, Terms

START = date(2026, 1, 31)
DAYS = st.integers(0, 250).map(lambda days: START + timedelta(days=days))


@st.composite
def agreements(draw: st.DrawFn) -> Agreement:
    """Terms of every kind, under the policy of the product."""
    method, count = draw(st.sampled_from(Method)), draw(st.integers(1, 8))
    frequency = draw(st.sampled_from([Frequency.MONTHS, Frequency.MONTHS, Frequency.DAYS, Frequency.WEEKS]))
    terms = Terms(
        method=method,
        rate_per_year=Decimal(draw(st.sampled_from(["0.144", "0.2387", "0.123456789", "0"]))),
        instalment_count=count,
        rounding=draw(st.sampled_from([Rounding.HALF_UP, Rounding.DOWN, Rounding.HALF_EVEN])),
        day_count=draw(st.sampled_from([DayCount.THIRTY_360, DayCount.ACTUAL_365, *DayCount])),
        frequency=frequency,
        repay_every=15 if frequency is Frequency.DAYS else 1,
        interest_free_count=0 if method is Method.SINGLE_PAYMENT else min(draw(st.sampled_from([0, 0, 1, 3])), count),
        bill_day=draw(st.sampled_from([None, None, 5])) if frequency is Frequency.MONTHS else None,
    )
    late_rate = Decimal(draw(st.sampled_from(["0", "0.0005", "0.0004315"])))
    policy = Policy(late_rate_per_day=late_rate, rolls_holidays=draw(st.booleans()))
    return Agreement(terms=terms, currency="CNY", limit_minor=10**9, signed_on=START, policy=policy)


PAYMENTS = st.lists(st.tuples(DAYS, st.integers(100, 200_000)), max_size=5)
LOANS = st.tuples(agreements(), st.integers(1, 90_000_000), PAYMENTS, DAYS)
Loan = tuple[Agreement, tuple[Event, ...], LoanState]


def booked(agreement: Agreement, principal_minor: int, payments: Sequence[tuple[date, int]], as_of: date) -> Loan:
    """A loan, its events, and how it stood on a day by which all of them had happened."""
    events: list[Event] = [Disbursed(event_id="0", on=START, seq=0, amount_minor=principal_minor)]
    for seq, (on, minor) in enumerate(payments, 1):
        events.append(Repaid(event_id=str(seq), on=min(on, as_of), seq=seq, amount_minor=minor))
    return agreement, tuple(events), replay(agreement, events, as_of=as_of)


def value_table(loans: Sequence[Loan]) -> ValueTable:
    """Loans and their instalments in columns."""
    rows = [
        (
            place,
            row.due_on.toordinal(),
            row.payable_until.toordinal(),
            row.outstanding.total,
            row.outstanding.principal,
            row.late_weight,
            row.late_from_on.toordinal(),
            row.due.principal,
            row.due.interest,
            row.due.fee,
        )
        for place, (_, _, state) in enumerate(loans)
        for row in state.rows
    ]
    columns = [np.array(column, dtype=np.int64) for column in zip(*rows, strict=True)]
    return ValueTable(
        DueTable(*columns[:7]),
        principal_minor=columns[7],
        interest_minor=columns[8],
        fee_minor=columns[9],
        drawn_on=np.full(len(loans), START.toordinal(), np.int64),
        terms_of=np.arange(len(loans)),
        figures=value_figures([(agreement.terms, agreement.policy) for agreement, _, _ in loans]),
    )


@settings(max_examples=200, deadline=None)
@given(loans=st.lists(LOANS, min_size=1, max_size=4), later=st.integers(0, 120))
def test_tells_of_each_loan_what_it_earned_and_what_closes_it(
    loans: Sequence[tuple[Agreement, int, Sequence[tuple[date, int]], date]], later: int
):
    played = [loan for loan in (booked(*each) for each in loans) if is_steady(loan[0], loan[1], loan[2])]
    if not played:
        return
    on = max(state.as_of for _, _, state in played) + timedelta(days=later)
    table = value_table(played)
    accruals, payoffs = accrual_many(table, on=on.toordinal()), payoff_many(table, on=on.toordinal())
    assert (accruals.is_told == payoffs.is_told).all()
    for place, (agreement, events, state) in enumerate(played):
        if accruals.is_told[place]:
            alone, then = value(agreement, events, on=on), replay(agreement, events, as_of=on)
            assert payoffs.payoff_minor[place] == alone.payoff_minor == then.payoff_minor
            assert (accruals.interest_minor[place], accruals.fee_minor[place]) == (
                alone.interest_minor,
                alone.fee_minor,
            )
            assert accruals.late_minor[place] == then.outstanding.penalty - state.outstanding.penalty


@settings(max_examples=100, deadline=None)
@given(
    method=st.sampled_from([Method.EQUAL_INSTALMENT, Method.EQUAL_PRINCIPAL, Method.FLAT_FEE, Method.INTEREST_ONLY]),
    minor=st.integers(10_000, 20_000_000),
    paid_count=st.integers(0, 5),
    late_days=st.integers(0, 20),
    later=st.integers(0, 60),
)
def test_tells_of_every_loan_that_is_paid_on_its_due_days_or_late(
    method: Method, minor: int, paid_count: int, late_days: int, later: int
):
    terms = Terms(method=method, rate_per_year=Decimal("0.1440"), instalment_count=12)
    policy = Policy(late_rate_per_day=Decimal("0.0005"), rolls_holidays=True)
    agreement = Agreement(terms=terms, currency="CNY", limit_minor=10**9, signed_on=START, policy=policy)
    _, _, drawn = booked(agreement, minor, [], START)
    days = [row.due_on + timedelta(days=late_days) for row in drawn.rows[:paid_count]]
    payments = [(day, row.due.total) for day, row in zip(days, drawn.rows, strict=False)]
    loan = booked(agreement, minor, payments, max([START, *days]))
    on = loan[2].as_of + timedelta(days=later)
    table = value_table([loan])
    told = payoff_many(table, on=on.toordinal())
    assert told.is_told.all()
    assert told.payoff_minor[0] == replay(agreement, loan[1], as_of=on).payoff_minor
