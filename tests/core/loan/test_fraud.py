"""The flag of suspected fraud in the fold: it marks, it stops the late charge, and interest runs on."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from fenqi.core.loan.agreement import Agreement
from fenqi.core.loan.event import Disbursed, Event, FraudCleared, FraudFlagged
from fenqi.core.loan.fraud import standing_flag
from fenqi.core.loan.policy import Policy
from fenqi.core.loan.record import event_from_record, event_to_record
from fenqi.core.loan.replay import replay
from fenqi.core.loan.steady import is_steady
from fenqi.core.product.terms import Method, Terms

START, DUE = date(2026, 3, 2), date(2026, 4, 2)
AGREEMENT = Agreement(
    terms=Terms(method=Method.EQUAL_INSTALMENT, rate_per_year=Decimal("0.12"), instalment_count=3),
    currency="CNY",
    limit_minor=300_000,
    signed_on=START,
    policy=Policy(late_rate_per_day=Decimal("0.0005")),
)
DRAWN = Disbursed(event_id="0", on=START, seq=1, amount_minor=300_000)
FLAGGED = FraudFlagged(event_id="1", on=DUE + timedelta(days=5), seq=2)
CLEARED = FraudCleared(event_id="2", on=DUE + timedelta(days=15), seq=3, pause_id="1")


def test_only_the_days_before_the_flag_and_after_it_cost():
    """99,004 of principal × 0.05 % × (5 + 5) days."""
    events: list[Event] = [DRAWN, FLAGGED, CLEARED]
    during = replay(AGREEMENT, events, as_of=DUE + timedelta(days=12))
    after = replay(AGREEMENT, events, as_of=DUE + timedelta(days=20))
    assert (during.rows[0].due.penalty, after.rows[0].due.penalty) == (248, 495)
    assert (during.fraud_flagged_on, after.fraud_flagged_on) == (FLAGGED.on, None)
    unflagged = replay(AGREEMENT, [DRAWN], as_of=DUE + timedelta(days=20))
    assert after.outstanding.interest == unflagged.outstanding.interest


def test_a_flag_lasts_until_it_is_cleared():
    assert standing_flag([DRAWN, FLAGGED]) == FLAGGED
    assert standing_flag([DRAWN, FLAGGED, CLEARED]) is None
    assert standing_flag([DRAWN, FLAGGED, CLEARED, replace(FLAGGED, event_id="3", seq=4)]) is not None


def test_a_flagged_loan_is_not_foretold_and_is_recorded_as_it_was():
    state = replay(AGREEMENT, [DRAWN, FLAGGED], as_of=FLAGGED.on)
    assert not is_steady(AGREEMENT, [DRAWN, FLAGGED], state)
    assert [event_from_record(event_to_record(event)) for event in (FLAGGED, CLEARED)] == [FLAGGED, CLEARED]
