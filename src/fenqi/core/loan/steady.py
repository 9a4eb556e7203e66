"""Whether the books of a loan can be foretold from its instalments as they stand, until something happens to it."""

from collections.abc import Iterable

from fenqi.core.loan.agreement import Agreement
from fenqi.core.loan.event import Event, LateChargePaused, LateChargeResumed
from fenqi.core.loan.policy import Recalculation
from fenqi.core.loan.state import LoanState, Status
from fenqi.core.money.amount import Rounding


def is_steady(agreement: Agreement, events: Iterable[Event], state: LoanState) -> bool:
    """Say whether the passing of days changes nothing but what falls due as planned, and the late charge by days.

    Not where overdue principal goes on bearing interest, where money is held that may pay what falls due, after a
    write-off, while the late charge is paused, or where an event is known whose day is still to come.
    """
    known = tuple(events)
    return (
        state.status not in {Status.AGREED, Status.OVERPAID}
        and state.charged_off_on is None
        and not state.overpaid_minor
        and agreement.policy.recalculation is not Recalculation.FULL
        and agreement.terms.rounding is not Rounding.HALF_EVEN
        and all(event.on <= state.as_of for event in known)
        and not late_pauses(known)
    )


def late_pauses(events: Iterable[Event]) -> frozenset[str]:
    """The pauses of the late charge that last, by their events."""
    known = tuple(events)
    ended = {event.pause_id for event in known if isinstance(event, LateChargeResumed)}
    return frozenset(event.event_id for event in known if isinstance(event, LateChargePaused)) - ended
