"""The life of a phone loan, told event by event."""

from datetime import date, timedelta

import pytest
from loans import PRICE, START, agreement, drawn, paid

from fenqi.core.loan.component import Component, Parts
from fenqi.core.loan.event import (
    Charged,
    ChargedBack,
    ChargedOff,
    CreditBalanceRefunded,
    DueDateMoved,
    InterestPaused,
    RateChanged,
    ReAged,
    ReAmortised,
    Repaid,
    Reversed,
    Source,
    Waived,
)
from fenqi.core.loan.payoff import quote_payoff
from fenqi.core.loan.policy import ChargeOffRule
from fenqi.core.loan.replay import NothingDrawn, replay
from fenqi.core.loan.state import Flow, RowKind, Status
from fenqi.core.product.terms import Method

FIRST_DUE, SECOND_DUE, THIRD_DUE = date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30)
INSTALMENT = 533_00
MARCH_5 = date(2026, 3, 5)


def test_a_signed_loan_without_a_draw_owes_nothing():
    state = replay(agreement(), [], as_of=START)
    assert (state.status, state.rows, state.payoff_minor) == (Status.AGREED, (), 0)


def test_money_before_anything_is_drawn_is_refused():
    with pytest.raises(NothingDrawn):
        replay(agreement(), [paid(1, START)], as_of=START)


def test_an_instalment_paid_on_its_day_is_settled_and_nothing_is_early_or_late():
    state = replay(agreement(), [drawn(), paid(INSTALMENT, FIRST_DUE)], as_of=FIRST_DUE)
    row = state.rows[0]
    assert (row.paid, row.paid_on) == (Parts(473_01, 59_99), FIRST_DUE)
    assert (row.paid_in_advance_minor, row.paid_late_minor) == (0, 0)
    assert state.next_due == state.rows[1]


def test_a_loan_is_not_past_due_on_its_due_day_and_is_on_the_next():
    events = [drawn()]
    on_the_day, after = (replay(agreement(), events, as_of=FIRST_DUE + timedelta(days=days)) for days in (0, 1))
    assert (on_the_day.days_past_due, on_the_day.overdue.total) == (0, 0)
    assert (after.days_past_due, after.overdue.total) == (1, INSTALMENT)


def test_the_late_charge_is_a_daily_share_of_overdue_principal():
    state = replay(agreement(late="0.0005"), [drawn()], as_of=FIRST_DUE + timedelta(days=10))
    assert state.rows[0].due.penalty == round(473_01 * 0.0005 * 10)


def test_the_late_charge_does_not_compound_and_ends_with_the_principal():
    events = [drawn(), paid(INSTALMENT, MARCH_5)]
    rows = {
        days: replay(agreement(late="0.0005"), events, as_of=MARCH_5 + timedelta(days=days)).rows[0] for days in (0, 20)
    }
    charge = round(473_01 * 0.0005 * 5)
    assert rows[0].due.penalty == charge
    left = rows[0].outstanding.principal
    assert rows[20].due.penalty == round((473_01 * 5 + left * 20) * 0.0005)


def test_an_instalment_due_in_a_holiday_is_late_only_after_the_next_working_day():
    due_on, worked_on = date(2026, 2, 28), date(2026, 3, 2)
    rolling = agreement(late="0.0005", rolls_holidays=True)
    calendar = {due_on: False, date(2026, 3, 1): False, worked_on: True}
    in_time, after = (
        replay(rolling, [drawn()], as_of=worked_on + timedelta(days=days), calendar=calendar) for days in (0, 1)
    )
    assert in_time.rows[0].payable_until == worked_on
    assert (in_time.days_past_due, in_time.overdue.total, in_time.outstanding.penalty) == (0, 0, 0)
    assert (after.days_past_due, after.outstanding.penalty) == (1, round(473_01 * 0.0005))


def test_looking_at_a_late_loan_every_day_costs_no_more_than_looking_once():
    events = [drawn(), *(paid(1, FIRST_DUE + timedelta(days=days), seq=days) for days in range(1, 30))]
    once = [drawn(), paid(29, FIRST_DUE + timedelta(days=29))]
    states = [replay(agreement(late="0.0005"), told, as_of=FIRST_DUE + timedelta(days=29)) for told in (events, once)]
    assert states[0].rows[0].due.penalty == states[1].rows[0].due.penalty


def test_costs_come_before_interest_and_interest_before_principal():
    state = replay(agreement(late="0.0005"), [drawn(), paid(100_00, MARCH_5)], as_of=MARCH_5)
    penalty = round(473_01 * 0.0005 * 5)
    assert state.rows[0].paid == Parts(100_00 - 59_99 - penalty, 59_99, 0, penalty)


def test_a_payoff_takes_interest_for_the_days_used():
    on = date(2026, 2, 15)
    assert quote_payoff(agreement(), [drawn()], on=on) == PRICE + round(59_99 * 15 / 28)


def test_a_payoff_on_the_day_of_the_draw_costs_nothing():
    assert quote_payoff(agreement(), [drawn()], on=START) == PRICE


def test_a_payoff_of_a_flat_fee_takes_the_days_used_and_cancels_the_rest():
    on = date(2026, 2, 14)
    flat = agreement(method=Method.FLAT_FEE)
    quoted = quote_payoff(flat, [drawn()], on=on)
    state = replay(flat, [drawn(), paid(quoted, on, pays_off=True)], as_of=on)
    assert quoted == PRICE + round(59_99 * 14 / 28)
    assert state.status is Status.CLOSED


def test_paying_early_without_paying_off_takes_the_flat_fee_in_full():
    flat = agreement(method=Method.FLAT_FEE)
    state = replay(flat, [drawn(), paid(559_91, date(2026, 2, 14))], as_of=date(2026, 2, 14))
    assert state.rows[0].paid.fee == 59_99


def test_a_partial_refund_lowers_every_instalment_to_come():
    events = [drawn(), paid(1_200_00, date(2026, 2, 10), source=Source.MERCHANT_REFUND)]
    state = replay(agreement(), events, as_of=date(2026, 2, 10))
    assert [row.paid for row in state.rows] == [Parts(100_00)] * 12
    assert {row.outstanding.total for row in state.rows[:-1]} == {INSTALMENT - 100_00}
    assert state.rows[-1].outstanding.total < INSTALMENT - 100_00


def test_a_full_refund_that_gives_interest_back_closes_the_loan():
    refund = paid(PRICE, date(2026, 2, 3), source=Source.MERCHANT_REFUND, refunds_interest=True)
    state = replay(agreement(), [drawn(), refund], as_of=date(2026, 2, 3))
    interest = round(59_99 * 3 / 28)
    assert state.status is Status.CLOSED
    assert state.books[Flow.FORGIVEN, Component.INTEREST] == interest == state.books[Flow.EARNED, Component.INTEREST]
    assert state.books[Flow.PAID_BY_MERCHANT, Component.PRINCIPAL] == PRICE


def test_a_refund_cancels_unpaid_flat_fees_in_proportion_and_keeps_paid_ones():
    flat = agreement(method=Method.FLAT_FEE)
    events = [drawn(), paid(559_91, FIRST_DUE), paid(2_749_54, MARCH_5, seq=2, source=Source.MERCHANT_REFUND)]
    state = replay(flat, events, as_of=MARCH_5)
    assert state.rows[0].due.fee == 59_99
    assert {row.due.fee for row in state.rows[1:-1]} == {30_00}


def test_what_is_paid_too_much_is_held_and_can_be_returned():
    on = date(2026, 2, 10)
    events = [drawn(100_00), paid(200_00, on)]
    state = replay(agreement(rate="0"), events, as_of=on)
    assert (state.status, state.overpaid_minor) == (Status.OVERPAID, 100_00)
    back = CreditBalanceRefunded(event_id="back", on=on, seq=2, amount_minor=100_00)
    assert replay(agreement(rate="0"), [*events, back], as_of=on).status is Status.CLOSED


def test_goodwill_is_forgiven_and_not_paid():
    state = replay(agreement(), [drawn(), paid(INSTALMENT, FIRST_DUE, source=Source.GOODWILL)], as_of=FIRST_DUE)
    assert state.books[Flow.FORGIVEN, Component.PRINCIPAL] == 473_01
    assert (Flow.PAID_BY_CUSTOMER, Component.PRINCIPAL) not in state.books


def test_a_waived_penalty_shows_on_its_charge():
    charged = Charged(
        event_id="fine", on=MARCH_5, seq=1, component=Component.PENALTY, due_on=MARCH_5, amount_minor=20_00
    )
    waived = Waived(event_id="mercy", on=MARCH_5, seq=2, component=Component.PENALTY, amount_minor=15_00)
    state = replay(agreement(), [drawn(), charged, waived], as_of=MARCH_5)
    (charge,) = state.charges
    assert (charge.amount_minor, charge.paid_minor, charge.waived_minor, charge.outstanding_minor) == (
        20_00,
        0,
        15_00,
        5_00,
    )


def test_a_charge_after_the_last_due_day_makes_an_instalment_of_its_own():
    late_on = date(2027, 2, 15)
    charged = Charged(event_id="fee", on=START, seq=1, component=Component.FEE, due_on=late_on, amount_minor=20_00)
    last = replay(agreement(), [drawn(), charged], as_of=START).rows[-1]
    assert (last.number, last.kind, last.due_on, last.due) == (13, RowKind.ADDITIONAL, late_on, Parts(fee=20_00))


def test_a_charge_follows_when_due_days_move():
    charged = Charged(
        event_id="fee", on=START, seq=1, component=Component.FEE, due_on=date(2026, 3, 10), amount_minor=20_00
    )
    moved = DueDateMoved(event_id="move", on=START, seq=2, due_on=FIRST_DUE, new_due_on=date(2026, 3, 15))
    rows = replay(agreement(rate="0"), [drawn(), charged, moved], as_of=START).rows
    assert [row.due_on for row in rows[:3]] == [date(2026, 3, 15), date(2026, 4, 15), date(2026, 5, 15)]
    assert [row.due.fee for row in rows[:2]] == [20_00, 0]


def test_a_backdated_payment_is_played_on_its_day():
    late = replay(agreement(late="0.0005"), [drawn()], as_of=MARCH_5)
    known_later = replay(agreement(late="0.0005"), [drawn(), paid(INSTALMENT, FIRST_DUE, seq=7)], as_of=MARCH_5)
    assert late.days_past_due == 5
    assert (known_later.days_past_due, known_later.outstanding.penalty) == (0, 0)


def test_a_reversed_payment_never_happened():
    payment = paid(INSTALMENT, FIRST_DUE)
    undo = Reversed(event_id="undo", on=MARCH_5, seq=2, reverses=payment.event_id)
    assert replay(agreement(), [drawn(), payment, undo], as_of=MARCH_5) == replay(agreement(), [drawn()], as_of=MARCH_5)


def test_undoing_a_reversal_brings_the_payment_back():
    payment = paid(INSTALMENT, FIRST_DUE)
    undo = Reversed(event_id="undo", on=MARCH_5, seq=2, reverses=payment.event_id)
    again = Reversed(event_id="again", on=MARCH_5, seq=3, reverses="undo")
    events = [drawn(), payment, undo, again]
    assert replay(agreement(), events, as_of=MARCH_5) == replay(agreement(), events[:2], as_of=MARCH_5)


def test_a_plan_that_ends_on_the_day_of_the_draw_stands_below_it():
    """Written off on its first day, the only instalment owes 5,999 and leaves a balance of nothing, not of −5,999."""
    off = ChargedOff(event_id="off", on=START, seq=1)
    state = replay(agreement(charge_off=ChargeOffRule.ALL_DUE), [drawn(), off], as_of=START)
    assert [(row.due.principal, row.balance_minor) for row in state.rows] == [(PRICE, 0)]


def test_what_a_bank_takes_back_is_due_with_the_next_instalment():
    events = [drawn(), paid(INSTALMENT, FIRST_DUE)]
    back = ChargedBack(event_id="back", on=MARCH_5, seq=2, payment_id="paid 1", amount_minor=INSTALMENT)
    state = replay(agreement(), [*events, back], as_of=MARCH_5)
    assert state.rows[1].due.total == 2 * INSTALMENT
    assert state.receivable(Component.PRINCIPAL) == PRICE


def test_a_write_off_empties_the_books_and_later_money_is_a_recovery():
    off = ChargedOff(event_id="off", on=MARCH_5, seq=1)
    state = replay(agreement(), [drawn(), off, paid(100_00, date(2026, 3, 10), seq=2)], as_of=date(2026, 6, 1))
    assert all(state.receivable(component) == 0 for component in Component)
    assert state.books[Flow.WRITTEN_OFF, Component.PRINCIPAL] == PRICE
    assert state.books[Flow.WRITTEN_OFF, Component.INTEREST] == 59_99
    assert sum(state.books.get((Flow.RECOVERED, component), 0) for component in Component) == 100_00
    assert state.status is Status.ACTIVE


def test_a_write_off_can_make_everything_due_at_once():
    off = ChargedOff(event_id="off", on=date(2026, 2, 14), seq=1)
    state = replay(agreement(charge_off=ChargeOffRule.ALL_DUE), [drawn(), off], as_of=date(2026, 2, 14))
    (row,) = state.rows
    assert (row.due_on, row.due) == (date(2026, 2, 14), Parts(PRICE, round(59_99 * 14 / 28)))


def test_a_write_off_can_stop_interest():
    off = ChargedOff(event_id="off", on=date(2026, 2, 14), seq=1)
    state = replay(agreement(charge_off=ChargeOffRule.STOP_INTEREST), [drawn(), off], as_of=date(2026, 2, 14))
    assert [row.due.interest for row in state.rows] == [round(59_99 * 14 / 28)] + [0] * 11


def test_an_increased_order_is_spread_over_the_instalments_to_come():
    events = [drawn(100_00), drawn(120_00, on=FIRST_DUE)]
    events = [events[0], type(events[1])(event_id="more", on=FIRST_DUE, seq=1, amount_minor=110_00)]
    rows = replay(agreement(rate="0", count=2), events, as_of=FIRST_DUE).rows
    assert [row.due.principal for row in rows] == [50_00, 160_00]


def test_a_lower_rate_changes_the_instalments_to_come():
    lower = RateChanged(
        event_id="lower", on=START, seq=1, rate_per_year=0 * agreement().terms.rate_per_year, from_on=MARCH_5
    )
    rows = replay(agreement(), [drawn(), lower], as_of=START).rows
    assert rows[0].due.total == INSTALMENT
    assert all(row.due.interest == 0 for row in rows[2:])


def test_a_pause_leaves_the_nights_outside_it():
    pause = InterestPaused(event_id="pause", on=START, seq=1, start_on=date(2026, 2, 1), end_on=date(2026, 2, 14))
    assert replay(agreement(), [drawn(), pause], as_of=START).rows[0].due.interest == round(59_99 * 14 / 28)


def test_re_ageing_spreads_all_that_is_owed_over_new_instalments():
    aged = ReAged(event_id="aged", on=MARCH_5, seq=1, start_on=SECOND_DUE, instalment_count=24)
    state = replay(agreement(rate="0"), [drawn(), aged], as_of=MARCH_5)
    assert sum(row.due.principal for row in state.rows) == PRICE
    assert [row.outstanding.total for row in state.rows[:2]] == [0, 0]
    assert len(state.rows) == 2 + 24
    assert state.days_past_due == 0


def test_re_amortising_spreads_what_is_overdue():
    spread = ReAmortised(event_id="spread", on=MARCH_5, seq=1)
    state = replay(agreement(rate="0"), [drawn(), spread], as_of=MARCH_5)
    assert state.rows[0].due.total == 0
    assert sum(row.due.principal for row in state.rows) == PRICE


def test_events_after_the_day_have_not_happened():
    events = [drawn(), paid(INSTALMENT, FIRST_DUE)]
    assert replay(agreement(), events, as_of=date(2026, 2, 1)) == replay(agreement(), [drawn()], as_of=date(2026, 2, 1))


def test_the_timeline_tells_what_every_event_did():
    events: list[Repaid] = [paid(INSTALMENT, FIRST_DUE), paid(INSTALMENT, SECOND_DUE, seq=2)]
    timeline = replay(agreement(), [drawn(), *events], as_of=THIRD_DUE).timeline
    assert [(effect.what, effect.amount_minor, effect.balance_minor) for effect in timeline] == [
        ("disbursement", PRICE, PRICE),
        ("customer", INSTALMENT, PRICE - 473_01),
        ("customer", INSTALMENT, PRICE - 473_01 - 477_74),
    ]
