"""What holds of every loan, whatever happens to it."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from fenqi.core.loan.agreement import Agreement
from fenqi.core.loan.component import Component, Parts
from fenqi.core.loan.event import Disbursed, Repaid, Reversed, Source
from fenqi.core.loan.payoff import quote_payoff
from fenqi.core.loan.policy import AllocationRule, FutureRule, Policy, Recalculation
from fenqi.core.loan.replay import replay
from fenqi.core.loan.state import Flow, Status
from fenqi.core.product.apr import annual_cost
from fenqi.core.product.schedule import plan
from fenqi.core.product.terms import Method, Terms
from loan_history import AGREEMENTS, DAYS, HORIZON, START, histories, plain

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


@settings(max_examples=150, deadline=None)
@given(history=histories(), as_of=DAYS)
def test_the_instalments_repay_what_was_drawn_and_taken_back_and_no_more(history, as_of):
    state = replay(*history, as_of=as_of)
    assert not state.rows or state.rows[-1].balance_minor == 0
    assert all(minor >= 0 for row in state.rows for minor in (*row.due, *row.paid))


@settings(max_examples=100, deadline=None)
@given(history=histories(), as_of=DAYS)
def test_playing_a_loan_twice_is_playing_it_once(history, as_of):
    agreement, events = history
    first, known = replay(agreement, events, as_of=as_of), list(events)
    replay(agreement, events, as_of=START + timedelta(days=HORIZON))
    assert events == known
    assert replay(agreement, events, as_of=as_of) == first


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
@given(agreement=AGREEMENTS, principal=st.integers(10_000, 5_000_000))
def test_what_was_really_paid_on_time_costs_a_year_what_was_disclosed(agreement, principal):
    agreement = replace(agreement, terms=plain(agreement.terms))
    quoted = plan(agreement.terms, principal_minor=principal, start_on=START)
    events = [Disbursed(event_id="0", on=START, seq=0, amount_minor=principal)]
    for seq, row in enumerate(quoted.rows, 1):
        due = next(due for due in replay(agreement, events, as_of=row.due_on).rows if due.due_on == row.due_on)
        if due.outstanding.total:
            events.append(Repaid(event_id=str(seq), on=row.due_on, seq=seq, amount_minor=due.outstanding.total))
    state = replay(agreement, events, as_of=quoted.rows[-1].due_on)
    came = {effect.on: effect.parts for effect in state.timeline if effect.what == Source.CUSTOMER}
    real = tuple(
        row._replace(principal_minor=parts.principal, interest_minor=parts.interest, fee_minor=parts.fee)
        for row in quoted.rows
        for parts in [came.get(row.due_on, Parts())]
    )
    assert annual_cost(replace(quoted, rows=real), agreement.terms) == annual_cost(quoted, agreement.terms)


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
