"""Withdrawing within the cooling-off term: principal back, what it costs, and the last day of it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from loans import PRICE, START, agreement, drawn, paid

from fenqi.core.loan.component import Component
from fenqi.core.loan.event import Charged, Reversed, Withdrawn
from fenqi.core.loan.payoff import quote_payoff, quote_withdrawal
from fenqi.core.loan.policy import Policy
from fenqi.core.loan.record import agreement_from_record, agreement_to_record, event_from_record, event_to_record
from fenqi.core.loan.replay import replay
from fenqi.core.loan.state import Flow, Status
from fenqi.core.loan.undo import require_undoable
from fenqi.core.loan.withdrawal import (
    WithdrawalNotAgreed,
    WithdrawalTimeOver,
    require_withdrawable,
    withdrawable_until,
)
from fenqi.core.product.catalogue import CatalogueMalformed, product_from_record, product_to_record
from fenqi.core.product.cooling_off import CoolingOff, WithdrawalCost
from fenqi.core.product.terms import Method
from fenqi.stores.shipped_catalogue import load_catalogue

WEEK = CoolingOff(days=7)
USED = CoolingOff(days=7, cost=WithdrawalCost.DAYS_USED)
ON = START + timedelta(days=5)


def withdrawn(minor: int, on: date = ON) -> Withdrawn:
    return Withdrawn(event_id="withdrawn", on=on, seq=9, amount_minor=minor)


@settings(max_examples=80, deadline=None)
@given(
    method=st.sampled_from(list(Method)),
    parts=st.lists(st.tuples(st.integers(0, 6), st.integers(1, PRICE // 3)), max_size=2),
    days=st.integers(0, 7),
    last_part=st.sampled_from([0, 0.5, 0.97, 0.995, 0.9999]),
)
def test_where_the_days_cost_nothing_all_payments_together_are_the_principal(
    method: Method, parts: list[tuple[int, int]], days: int, last_part: float
):
    """What was paid beyond the principal, up to what closes the loan, is the borrower's."""
    on = START + timedelta(days=days)
    events = [
        drawn(),
        *(paid(minor, START + timedelta(days=min(at, days)), seq=n + 1) for n, (at, minor) in enumerate(parts)),
    ]
    terms = agreement(method=method, cooling_off=WEEK)
    payoff = quote_payoff(terms, events, on=on)
    last = round(payoff * last_part)
    if 0 < last < payoff:
        events.append(paid(last, on, seq=len(events)))
    quoted = quote_withdrawal(terms, events, on=on)

    state = replay(terms, [*events, withdrawn(quoted, on)], as_of=on)

    before = sum(event.amount_minor for event in events[1:])
    assert (quoted, state.overpaid_minor) == (max(PRICE - before, 0), max(before - PRICE, 0))
    assert (state.status, state.outstanding.total) == (Status.OVERPAID if before > PRICE else Status.CLOSED, 0)
    assert state.receivable(Component.PRINCIPAL) == state.receivable(Component.INTEREST) == 0


def test_where_the_days_used_cost_something_it_is_what_an_early_payoff_costs():
    terms = agreement(cooling_off=USED)
    quoted = quote_withdrawal(terms, [drawn()], on=ON)
    assert quoted == quote_payoff(terms, [drawn()], on=ON) > PRICE
    assert replay(terms, [drawn(), withdrawn(quoted)], as_of=ON).status is Status.CLOSED


def test_charges_for_enforcement_stay():
    fee = Charged(event_id="fee", on=ON, seq=2, component=Component.FEE, due_on=ON, amount_minor=500)
    assert quote_withdrawal(agreement(cooling_off=WEEK), [drawn(), fee], on=ON) == PRICE + 500


def test_undone_it_leaves_the_loan_as_it_was():
    terms, events = agreement(cooling_off=WEEK), [drawn(), withdrawn(PRICE)]
    undo = Reversed(event_id="undo", on=ON, seq=10, reverses=require_undoable("withdrawn", events).event_id)
    assert replay(terms, [*events, undo], as_of=ON) == replay(terms, [drawn()], as_of=ON)


def test_nothing_was_earned_of_a_loan_that_cost_nothing():
    state = replay(agreement(cooling_off=WEEK), [drawn(), withdrawn(PRICE)], as_of=ON)
    assert {flow for flow, _ in state.books} == {Flow.DRAWN, Flow.PAID_BY_CUSTOMER}


def test_the_last_day_is_counted_from_the_day_after_the_draw_down_and_moves_over_days_off():
    policy = Policy(cooling_off=WEEK)
    assert withdrawable_until(policy, drawn_on=date(2026, 3, 2)) == date(2026, 3, 9)
    assert withdrawable_until(replace(policy, rolls_holidays=True), drawn_on=date(2026, 3, 7)) == date(2026, 3, 16)
    assert require_withdrawable(policy, drawn_on=date(2026, 3, 2), on=date(2026, 3, 9)) == date(2026, 3, 9)
    with pytest.raises(WithdrawalTimeOver, match="2026-03-10"):
        require_withdrawable(policy, drawn_on=date(2026, 3, 2), on=date(2026, 3, 10))
    with pytest.raises(WithdrawalNotAgreed):
        require_withdrawable(Policy(), drawn_on=START, on=START)


def test_the_term_is_kept_with_agreement_event_and_product():
    terms = agreement(cooling_off=USED)
    assert agreement_from_record(agreement_to_record(terms)) == terms
    old = agreement_to_record(terms)
    del old["policy"]["cooling_off"]
    assert agreement_from_record(old).policy.cooling_off == CoolingOff()
    assert event_from_record(event_to_record(withdrawn(PRICE))) == withdrawn(PRICE)
    record = product_to_record(load_catalogue().products[0]) | {"cooling_off": {"days": 7, "cost": "days_used"}}
    assert product_from_record(record).cooling_off == USED
    with pytest.raises(CatalogueMalformed):
        product_from_record(record | {"cooling_off": {"days": 400, "cost": "none"}})
