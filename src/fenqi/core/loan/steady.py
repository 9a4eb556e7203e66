"""Whether the books of a loan can be foretold from its instalments as they stand, until something happens to it."""

from collections.abc import Iterable
from datetime import date

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


def foretold(state: LoanState) -> frozenset[int]:
    """The instalments of a steady loan that fall due without any other news: to come, and not after one unpaid.

    From the day after an unpaid due day the loan may be late, so what falls due later depends on what happens. None
    where a penalty is to be earned as well, which hardly ever is.
    """
    to_come = [row for row in state.rows if row.due_on > state.as_of]
    if any(row.due.penalty != row.early.penalty for row in to_come):
        return frozenset()
    until_on = min((row.due_on for row in state.rows if row.outstanding.total), default=date.max)
    return frozenset(row.number for row in to_come if row.due_on <= until_on)
