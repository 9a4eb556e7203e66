"""The suspicion that somebody else took a loan out: while it lasts, nobody presses for payment and lateness is free."""

from collections.abc import Iterable, Sequence
from datetime import date

from fenqi.core.loan.accrual import pause_late_charge, resume_late_charge
from fenqi.core.loan.event import Event, FraudCleared, FraudFlagged, Reversed
from fenqi.core.loan.position import Position
from fenqi.core.refusal import Kind, Refusal


class FraudFlaggedAlready(Refusal):
    """The loan is marked as suspected fraud."""

    code = "fraud_flagged_already"
    kind = Kind.CONFLICT


class FraudNotFlagged(Refusal):
    """The loan is not marked as suspected fraud."""

    code = "fraud_not_flagged"
    kind = Kind.CONFLICT


def flag(position: Position, event: FraudFlagged) -> None:
    """Mark a loan; interest runs as agreed, as nothing is decided yet, but lateness costs nothing."""
    pause_late_charge(position, event)
    position.fraud_flagged_on = event.on


def clear(position: Position, event: FraudCleared) -> None:
    """Take the mark off."""
    resume_late_charge(position, event)
    position.fraud_flagged_on = None


def standing_flag(events: Iterable[Event]) -> FraudFlagged | None:
    """The mark that lasts."""
    known = tuple(events)
    gone = {event.pause_id for event in known if isinstance(event, FraudCleared)}
    gone |= {event.reverses for event in known if isinstance(event, Reversed)}
    return next((event for event in known if isinstance(event, FraudFlagged) and event.event_id not in gone), None)


def flagged(events: Sequence[Event], *, on: date) -> FraudFlagged:
    """The event that marks a loan.

    Raises: FraudFlaggedAlready.
    """
    lasting = standing_flag(events)
    if lasting is not None:
        raise FraudFlaggedAlready(f"suspected fraud since {lasting.on}", allowed="lift the flag, or leave it")
    return FraudFlagged(event_id="", on=on, seq=0)


def cleared(events: Sequence[Event], *, on: date) -> FraudCleared:
    """The event that takes the mark off.

    Raises: FraudNotFlagged.
    """
    lasting = standing_flag(events)
    if lasting is None:
        raise FraudNotFlagged("no suspicion of fraud lasts", allowed="a loan that is flagged")
    return FraudCleared(event_id="", on=max(on, lasting.on), seq=0, pause_id=lasting.event_id)
