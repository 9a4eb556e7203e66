"""While a pause of the late charge lasts, nothing that happens to a loan makes lateness cost more."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import cast

from hypothesis import given, settings
from hypothesis import strategies as st

from fenqi.core.loan.agreement import Agreement
from fenqi.core.loan.event import Charged, Event, LateChargePaused, LateChargeResumed
from fenqi.core.loan.replay import replay
from loan_history import START, histories  # pyright: ignore[reportUnknownVariableType]

History = tuple[Agreement, list[Event]]
HISTORIES = cast("st.SearchStrategy[History]", histories())
LATER = st.integers(0, 200)


def penalties(agreement: Agreement, events: Sequence[Event], *, as_of: date) -> int:
    return sum(row.due.penalty for row in replay(agreement, events, as_of=as_of).rows)


def own_pause(events: Sequence[Event], *, on: date, until: date | None = None) -> list[Event]:
    """The history with a pause entered after everything else, and its end if it has one."""
    paused = LateChargePaused(event_id="pause", on=on, seq=100)
    ended = () if until is None else (LateChargeResumed(event_id="end", on=until, seq=101, pause_id="pause"),)
    return [*events, paused, *ended]


def without_charges(history: History) -> History:
    agreement, events = history
    return agreement, [event for event in events if not isinstance(event, Charged)]


@settings(max_examples=120, deadline=None)
@given(HISTORIES, LATER, LATER)
def test_lateness_costs_nothing_more_while_a_pause_lasts(history: History, first: int, more: int) -> None:
    agreement, events = without_charges(history)
    on = START + timedelta(days=first)
    as_of = on + timedelta(days=more)
    known = [event for event in events if event.on <= on]
    paused = own_pause(known, on=on)

    assert penalties(agreement, paused, as_of=as_of) == penalties(agreement, known, as_of=on)


@settings(max_examples=120, deadline=None)
@given(HISTORIES, LATER, st.integers(0, 60), st.integers(0, 60))
def test_days_under_a_pause_are_never_made_up_for(history: History, first: int, length: int, more: int) -> None:
    agreement, events = without_charges(history)
    on = START + timedelta(days=first)
    until = on + timedelta(days=length)
    known = [event for event in events if event.on <= on]
    as_of = until + timedelta(days=more)
    paused = own_pause(known, on=on, until=until)

    assert penalties(agreement, paused, as_of=as_of) <= penalties(agreement, known, as_of=as_of)
    assert penalties(agreement, paused, as_of=until) == penalties(agreement, known, as_of=on)
