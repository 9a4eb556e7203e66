"""Pauses of the late charge are kept like every other event."""

from datetime import date

from fenqi.core.loan.event import Event, LateChargePaused, LateChargeResumed
from fenqi.core.loan.record import event_from_record, event_to_record
from fenqi.core.loan.steady import late_pauses

DAY = date(2026, 3, 31)
PAUSED = LateChargePaused(event_id="p", on=DAY, seq=2)
RESUMED = LateChargeResumed(event_id="r", on=DAY, seq=3, pause_id="p")


def test_is_the_same_after_writing_and_reading() -> None:
    events: list[Event] = [PAUSED, RESUMED]
    assert [event_from_record(event_to_record(event)) for event in events] == events


def test_lasts_until_it_is_ended_by_name() -> None:
    other = LateChargePaused(event_id="q", on=DAY, seq=1)
    assert late_pauses([other, PAUSED]) == {"p", "q"}
    assert late_pauses([other, PAUSED, RESUMED]) == {"q"}
