"""A change of a loan is read, kept and refused by its kind."""

from datetime import date
from decimal import Decimal

import pytest

from fenqi.core.loan.agreement import Agreement
from fenqi.core.loan.change import (
    Change,
    ChangeAboveOwed,
    ChangeIncomplete,
    ChangeKind,
    Subject,
    change_from_record,
    change_to_record,
    events_of,
)
from fenqi.core.loan.component import Component
from fenqi.core.loan.event import Charged, Disbursed, ReAged, Reversed
from fenqi.core.loan.reach import DayOutOfReach, require_day
from fenqi.core.loan.replay import replay
from fenqi.core.loan.undo import EventUnknown, require_undoable
from fenqi.core.product.terms import Method, Terms

START, TODAY = date(2026, 9, 1), date(2026, 10, 20)
AGREEMENT = Agreement(
    terms=Terms(method=Method.EQUAL_INSTALMENT, rate_per_year=Decimal("0.12"), instalment_count=6),
    currency="CNY",
    limit_minor=600_000,
    signed_on=START,
)
EVENTS = (
    Disbursed(event_id="draw", on=START, seq=1, amount_minor=600_000),
    Charged(event_id="fee", on=START, seq=2, component=Component.FEE, due_on=date(2026, 10, 1), amount_minor=900),
)


def made(**change):
    asked = Change(**{"on": TODAY} | change)
    state = replay(AGREEMENT, EVENTS, as_of=asked.on)
    subject = Subject(agreement=AGREEMENT, events=EVENTS, state=state)
    return events_of(asked, subject, today=TODAY, id_of=lambda number: f"change-{number}")


def test_a_charge_is_lowered_by_taking_it_back_and_charging_less():
    taken, lower = made(kind=ChangeKind.CHARGE_ADJUSTMENT, event_id="fee", amount_minor=400)

    assert taken == Reversed(event_id="change-0", on=TODAY, seq=3, reverses="fee")
    assert (lower.event_id, lower.seq, lower.amount_minor, lower.due_on) == ("change-1", 4, 400, date(2026, 10, 1))
    after = replay(AGREEMENT, (*EVENTS, taken, lower), as_of=TODAY)
    assert [charge.amount_minor for charge in after.charges] == [400]
    assert len(made(kind=ChangeKind.CHARGE_ADJUSTMENT, event_id="fee", amount_minor=0)) == 1


def test_a_charge_is_never_raised():
    with pytest.raises(ChangeAboveOwed):
        made(kind=ChangeKind.CHARGE_ADJUSTMENT, event_id="fee", amount_minor=901)


def test_more_instalments_are_added_to_those_that_are_left():
    (event,) = made(kind=ChangeKind.EXTRA_TERMS, instalment_count=3)

    assert isinstance(event, ReAged)
    assert (event.start_on, event.instalment_count) == (date(2026, 11, 1), 5 + 3)


def test_principal_is_not_waived():
    with pytest.raises(ChangeIncomplete):
        made(kind=ChangeKind.WAIVER, component=Component.PRINCIPAL, amount_minor=1)


@pytest.mark.parametrize(
    "change",
    [
        Change(kind=ChangeKind.WAIVER, on=TODAY, component=Component.PENALTY, amount_minor=5),
        Change(kind=ChangeKind.RATE, on=TODAY, rate_per_year=Decimal("0.0600"), from_on=TODAY),
        Change(kind=ChangeKind.UNDO, on=TODAY, event_id="fee"),
        Change(kind=ChangeKind.CHARGE_OFF, on=TODAY),
    ],
)
def test_a_change_is_kept_as_it_was_asked_for(change):
    assert change_from_record(change_to_record(change)) == change


def test_a_loan_is_looked_at_from_the_day_it_was_signed_on():
    assert require_day(AGREEMENT, START) == START
    for day in (date(2026, 8, 31), date(2057, 1, 1)):
        with pytest.raises(DayOutOfReach):
            require_day(AGREEMENT, day)
    with pytest.raises(EventUnknown):
        require_undoable("no such event", EVENTS)
