"""What holds of every loan, whatever happens to it."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from fenqi.core.loan.agreement import Agreement
from fenqi.core.loan.component import Component
from fenqi.core.loan.event import (
    CashRefunded,
    Charged,
    ChargedBack,
    ChargedOff,
    CreditBalanceRefunded,
    Disbursed,
    DueDateMoved,
    InterestPaused,
    RateChanged,
    ReAged,
    ReAgeInterest,
    ReAmortised,
    Repaid,
    Reversed,
    Source,
    Waived,
)
from fenqi.core.loan.payoff import quote_payoff
from fenqi.core.loan.policy import AllocationRule, ChargeOffRule, EarlyInterest, FutureRule, Policy, Recalculation
from fenqi.core.loan.replay import replay
from fenqi.core.loan.state import Flow, Status
from fenqi.core.product.schedule import plan
from fenqi.core.product.terms import DayCount, Frequency, Method, MonthEnd, Rounding, Terms

START = date(2026, 1, 31)
HORIZON = 500


def terms(method, free, **values):
    """Terms of any kind; only a loan of several instalments is interest-free in part."""
    return Terms(method=method, interest_free_count=0 if method is Method.SINGLE_PAYMENT else free, **values)


def plain(agreed):
    """The terms as a plan can be quoted: all is drawn, and no instalment is fitted to the others."""
    return replace(agreed, levels_last=False, down_payment_share=Decimal(0), instalment_multiple_minor=1)


TERMS = st.builds(
    terms,
    method=st.sampled_from(Method),
    rate_per_year=st.integers(0, 2400).map(lambda basis_points: Decimal(basis_points) / 10000),
    instalment_count=st.integers(1, 12),
    frequency=st.sampled_from([Frequency.MONTHS, Frequency.WEEKS]),
    day_count=st.sampled_from([DayCount.THIRTY_360, DayCount.ACTUAL_365, DayCount.ACTUAL_ACTUAL]),
    month_end=st.sampled_from(MonthEnd),
    rounding=st.sampled_from(Rounding),
    free=st.sampled_from([0, 0, 1]),
    levels_last=st.booleans(),
    instalment_multiple_minor=st.sampled_from([1, 1, 100]),
    down_payment_share=st.sampled_from([Decimal(0), Decimal(0), Decimal("0.25")]),
)
POLICIES = st.builds(
    Policy,
    recalculation=st.sampled_from(Recalculation),
    vertical=st.booleans(),
    early_interest=st.sampled_from(EarlyInterest),
    charge_off=st.sampled_from(ChargeOffRule),
    late_rate_per_day=st.sampled_from([Decimal(0), Decimal("0.0005")]),
)
AGREEMENTS = st.builds(
    Agreement,
    terms=TERMS,
    currency=st.just("CNY"),
    limit_minor=st.just(10_000_000),
    signed_on=st.just(START),
    policy=POLICIES,
)
DAYS = st.integers(0, HORIZON).map(lambda days: START + timedelta(days=days))
MINOR = st.integers(1, 400_000)
MONEY = st.one_of(
    st.builds(
        lambda on, minor, source: (Repaid, on, {"amount_minor": minor, "source": source}),
        DAYS,
        MINOR,
        st.sampled_from([Source.CUSTOMER, Source.CUSTOMER, Source.MERCHANT_REFUND, Source.GOODWILL]),
    ),
    st.builds(
        lambda on, minor: (
            Repaid,
            on,
            {"amount_minor": minor, "source": Source.MERCHANT_REFUND, "refunds_interest": True},
        ),
        DAYS,
        MINOR,
    ),
    st.builds(lambda on, minor: (Disbursed, on, {"amount_minor": minor}), DAYS, MINOR),
    st.builds(
        lambda on, minor, component, due_on: (
            Charged,
            on,
            {"amount_minor": minor, "component": component, "due_on": due_on},
        ),
        DAYS,
        st.integers(1, 5000),
        st.sampled_from([Component.FEE, Component.PENALTY]),
        DAYS,
    ),
    st.builds(
        lambda on, minor, component: (Waived, on, {"amount_minor": minor, "component": component}),
        DAYS,
        st.integers(1, 5000),
        st.sampled_from(Component),
    ),
    st.builds(lambda on, minor: (CreditBalanceRefunded, on, {"amount_minor": minor}), DAYS, st.integers(1, 5000)),
    st.builds(lambda on, minor: (CashRefunded, on, {"amount_minor": minor}), DAYS, st.integers(1, 5000)),
)
RARE = st.one_of(
    st.builds(lambda on: (ChargedOff, on, {}), DAYS),
    st.builds(
        lambda on, rate: (RateChanged, on, {"rate_per_year": Decimal(rate) / 100, "from_on": on}),
        DAYS,
        st.integers(0, 24),
    ),
    st.builds(
        lambda on, days: (InterestPaused, on, {"start_on": on, "end_on": on + timedelta(days=days)}),
        DAYS,
        st.integers(0, 40),
    ),
    st.builds(lambda on: (ReAmortised, on, {}), DAYS),
    st.builds(
        lambda on, count: (ReAged, on, {"start_on": on + timedelta(days=20), "instalment_count": count}),
        DAYS,
        st.integers(1, 6),
    ),
    st.builds(
        lambda on, payment, minor: (ChargedBack, on, {"payment_id": str(payment), "amount_minor": minor}),
        DAYS,
        st.integers(1, 7),
        st.integers(1, 50_000),
    ),
    st.builds(
        lambda on, place, days: (
            DueDateMoved,
            on,
            {"due_on": START + timedelta(days=30 * place), "new_due_on": START + timedelta(days=30 * place + days)},
        ),
        DAYS,
        st.integers(1, 6),
        st.integers(1, 40),
    ),
    st.builds(
        lambda on, count: (
            ReAged,
            on,
            {"start_on": on + timedelta(days=20), "instalment_count": count, "interest": ReAgeInterest.EQUAL_PARTS},
        ),
        DAYS,
        st.integers(1, 6),
    ),
)


@st.composite
def histories(draw, *, rare=True):
    """An agreement and its events, the first of which is a draw."""
    agreement = draw(AGREEMENTS)
    happened = draw(st.lists(MONEY, max_size=7))
    if rare:
        happened += draw(st.lists(RARE, max_size=2))
    events = [Disbursed(event_id="0", on=START, seq=0, amount_minor=draw(st.integers(100, 2_000_000)))]
    for number, (kind, on, values) in enumerate(happened, 1):
        events.append(kind(event_id=str(number), on=on, seq=number, **values))
    return agreement, events


LENDS = ("disbursement", "credit_balance_refund")


def total(state):
    return state.outstanding.total


@settings(max_examples=150, deadline=None)
@given(history=histories(), as_of=DAYS)
def test_a_loan_is_never_outstanding_and_overpaid_together(history, as_of):
    state = replay(*history, as_of=as_of)
    assert not (total(state) and state.overpaid_minor)
    assert state.overpaid_minor >= 0
    assert all(minor >= 0 for row in state.rows for minor in row.outstanding)


@settings(max_examples=100, deadline=None)
@given(history=histories(), as_of=DAYS, data=st.data())
def test_any_order_of_arrival_gives_the_same_state(history, as_of, data):
    agreement, events = history
    shuffled = data.draw(st.permutations(events))
    assert replay(agreement, shuffled, as_of=as_of) == replay(agreement, events, as_of=as_of)


@settings(max_examples=100, deadline=None)
@given(history=histories(), as_of=DAYS)
def test_undoing_the_last_event_gives_the_state_before(history, as_of):
    agreement, events = history
    assume(len(events) > 1)
    undo = Reversed(event_id="undo", on=START, seq=99, reverses=events[-1].event_id)
    assert replay(agreement, [*events, undo], as_of=as_of) == replay(agreement, events[:-1], as_of=as_of)


@settings(max_examples=150, deadline=None)
@given(history=histories(), days=st.integers(0, HORIZON))
def test_a_payoff_quote_paid_on_its_day_closes_the_loan_at_zero(history, days):
    agreement, events = history
    on = START + timedelta(days=days)
    events = [event for event in events if event.on <= on]
    quoted = quote_payoff(agreement, events, on=on)
    paid = Repaid(event_id="payoff", on=on, seq=99, amount_minor=quoted, pays_off=True)
    state = replay(agreement, [*events, paid], as_of=on)
    assert total(state) == 0
    if quoted:
        assert state.status is Status.CLOSED


@settings(max_examples=150, deadline=None)
@given(history=histories(rare=False), on=DAYS, minor=st.integers(2, 300_000), data=st.data())
def test_splitting_a_payment_in_two_on_one_day_changes_nothing_but_the_rows(history, on, minor, data):
    agreement, events = history
    first = data.draw(st.integers(1, minor - 1))
    whole = Repaid(event_id="w", on=on, seq=50, amount_minor=minor)
    halves = [
        replace(whole, event_id="h1", amount_minor=first),
        replace(whole, event_id="h2", seq=51, amount_minor=minor - first),
    ]
    one, two = (replay(agreement, [*events, *paid], as_of=on) for paid in ([whole], halves))
    assert total(one) == total(two)
    assert one.outstanding == two.outstanding
    assert one.books == two.books
    assert one.payoff_minor == two.payoff_minor


@settings(max_examples=150, deadline=None)
@given(history=histories(), as_of=DAYS)
def test_the_books_hold_what_is_owed_and_recognised(history, as_of):
    state = replay(*history, as_of=as_of)
    if state.charged_off_on:
        assume(not any(effect.what in LENDS and effect.after_charge_off for effect in state.timeline))
        assert all(state.receivable(component) == 0 for component in Component)
        return
    assert state.receivable(Component.PRINCIPAL) == state.outstanding.principal
    fallen_due = [row.outstanding for row in state.rows if row.due_on <= as_of]
    for component in (Component.INTEREST, Component.FEE, Component.PENALTY):
        assert state.receivable(component) >= sum(parts[component] for parts in fallen_due)


@settings(max_examples=100, deadline=None)
@given(history=histories(), as_of=DAYS)
def test_the_credit_balance_is_what_came_in_too_much_less_what_was_used_or_returned(history, as_of):
    state = replay(*history, as_of=as_of)
    books = {flow: state.books.get((flow, Component.PRINCIPAL), 0) for flow in Flow}
    held = books[Flow.OVERPAID] + books[Flow.OVERPAID_BY_MERCHANT] + books[Flow.OVERPAID_BY_LENDER]
    assert held - books[Flow.OVERPAYMENT_USED] - books[Flow.OVERPAYMENT_RETURNED] == state.overpaid_minor


@settings(max_examples=100, deadline=None)
@given(agreement=AGREEMENTS, principal=st.integers(1, 5_000_000))
def test_a_drawn_loan_begins_with_the_plan_that_was_quoted(agreement, principal):
    agreement = replace(agreement, terms=plain(agreement.terms))
    quoted = plan(agreement.terms, principal_minor=principal, start_on=START).rows
    drawn = Disbursed(event_id="0", on=START, seq=0, amount_minor=principal)
    rows = replay(agreement, [drawn], as_of=START).rows
    assert [(row.due_on, row.due.principal, row.due.interest, row.due.fee) for row in rows] == [
        (row.due_on, row.principal_minor, row.interest_minor, row.fee_minor) for row in quoted
    ]


@settings(max_examples=100, deadline=None)
@given(agreement=AGREEMENTS, principal=st.integers(1, 5_000_000))
def test_paying_every_instalment_on_its_day_costs_what_was_quoted(agreement, principal):
    agreement = replace(agreement, terms=plain(agreement.terms))
    quoted = plan(agreement.terms, principal_minor=principal, start_on=START).rows
    events = [Disbursed(event_id="0", on=START, seq=0, amount_minor=principal)]
    events += [
        Repaid(event_id=str(row.instalment), on=row.due_on, seq=row.instalment, amount_minor=row.total_minor)
        for row in quoted
        if row.total_minor
    ]
    state = replay(agreement, events, as_of=quoted[-1].due_on)
    assert state.status is Status.CLOSED
    assert [row.paid.total for row in state.rows] == [row.total_minor for row in quoted]


@settings(max_examples=100, deadline=None)
@given(
    rate=st.integers(0, 2400).map(lambda basis_points: Decimal(basis_points) / 10000),
    count=st.integers(1, 8),
    principal=st.integers(10_000, 2_000_000),
    paid=st.lists(st.tuples(st.integers(0, 240), st.integers(1, 300_000)), max_size=6),
    last=st.integers(241, 243),
    future=st.sampled_from(FutureRule),
)
def test_interest_is_what_every_night_costs_on_the_balance_as_it_was(rate, count, principal, paid, last, future):
    terms = Terms(method=Method.EQUAL_INSTALMENT, rate_per_year=rate, instalment_count=count)
    agreement = Agreement(
        terms=terms,
        currency="CNY",
        limit_minor=principal,
        signed_on=START,
        policy=Policy(recalculation=Recalculation.FULL, default=AllocationRule(future=future)),
    )
    events = [Disbursed(event_id="0", on=START, seq=0, amount_minor=principal)]
    for seq, (days, minor) in enumerate(sorted(paid), 1):
        events.append(Repaid(event_id=str(seq), on=START + timedelta(days=days), seq=seq, amount_minor=minor))
    on = START + timedelta(days=last)
    closing = Repaid(event_id="z", on=on, seq=99, amount_minor=quote_payoff(agreement, events, on=on), pays_off=True)
    state = replay(agreement, [*events, closing], as_of=on)
    nights = _cost_of_nights(state, principal, rate)
    assert abs(sum(row.paid.interest for row in state.rows) - nights) <= len(state.rows)


def _cost_of_nights(state, principal, rate):
    """Interest night by night: a month's twelfth, spread over the nights of its period."""
    cost = Decimal(0)
    for row in state.rows:
        for night in range(row.days):
            begins_on = row.from_on + timedelta(days=night)
            paid = sum(effect.parts.principal for effect in state.timeline if effect.on <= begins_on)
            cost += (principal - paid) * rate / 12 / row.days
    return cost
