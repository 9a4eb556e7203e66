"""A payment that nobody has made does what the same payment does when it is made."""

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from fenqi.core.loan.event import Disbursed, Repaid
from fenqi.core.loan.replay import replay
from fenqi.core.loan.state import Status
from fenqi.core.loan.trial import accrued, changed_rows, due_so_far, try_payment
from loan_history import AGREEMENTS, START

LENT_MINOR = 300_000


def drawn():
    return (Disbursed(event_id="draw", on=START, seq=1, amount_minor=LENT_MINOR),)


@settings(max_examples=60)
@given(agreement=AGREEMENTS, days=st.integers(0, 200), minor=st.integers(1, 200_000))
def test_a_trial_is_the_payment_itself(agreement, days, minor):
    on = START + timedelta(days=days)
    trial = try_payment(agreement, drawn(), on=on, amount_minor=minor)
    paid = Repaid(event_id="trial", on=on, seq=2, amount_minor=minor)

    assert trial.after == replay(agreement, (*drawn(), paid), as_of=on)
    assert trial.before == replay(agreement, drawn(), as_of=on)
    assert trial.parts.total + trial.overpaid_minor == minor


@settings(max_examples=60)
@given(agreement=AGREEMENTS, days=st.integers(0, 200))
def test_paying_everything_closes_the_loan_and_its_parts_are_the_quote(agreement, days):
    trial = try_payment(agreement, drawn(), on=START + timedelta(days=days))

    assert trial.after.status is Status.CLOSED
    assert (trial.parts.total, trial.overpaid_minor) == (trial.before.payoff_minor, 0)
    assert trial.parts.principal == trial.before.outstanding.principal


@settings(max_examples=60)
@given(agreement=AGREEMENTS, days=st.integers(0, 200))
def test_what_has_accrued_and_what_is_due_are_never_counted_twice(agreement, days):
    on = START + timedelta(days=days)
    trial = try_payment(agreement, drawn(), on=on)
    running = accrued(trial.parts, trial.before)

    assert min(running) >= 0
    assert running.total + due_so_far(trial.before).interest <= trial.parts.total + due_so_far(trial.before).total
    assert changed_rows(trial.before.rows, trial.before.rows) == ()
