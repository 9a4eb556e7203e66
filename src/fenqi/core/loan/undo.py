"""Which events may be undone, and when."""

from collections.abc import Sequence

from fenqi.core.loan.event import (
    Charged,
    ChargedOff,
    DueDateMoved,
    Event,
    InterestPaused,
    RateChanged,
    ReAged,
    ReAmortised,
    Repaid,
    Reversed,
    Source,
    Waived,
    Withdrawn,
)
from fenqi.core.refusal import Kind, Refusal

ANY_TIME = (Charged, Waived, RateChanged, InterestPaused)
"""Undone wherever they stand: what follows is played again without them."""
LAST_ONLY = (ChargedOff, DueDateMoved, ReAged, ReAmortised)
"""They made the plan that later events speak of, so these have to be undone before."""
SOURCES = (Source.CUSTOMER, Source.GOODWILL, Source.INTEREST_WAIVER, Source.RECOVERY)
"""Of money: what the merchant gave back is taken up again with the merchant, not here."""


class EventUnknown(Refusal):
    """Nothing of that id has happened to the loan."""

    code = "event_unknown"
    kind = Kind.UNKNOWN


class EventUndone(Refusal):
    """The event has been undone already."""

    code = "event_undone"
    kind = Kind.CONFLICT


class EventNotLast(Refusal):
    """A change of the plan can only be undone while nothing has happened after it."""

    code = "event_not_last"
    kind = Kind.CONFLICT


class EventStands(Refusal):
    """Events of this kind are not undone: money or goods have moved for them."""

    code = "event_stands"
    kind = Kind.RULE


def require_undoable(event_id: str, events: Sequence[Event]) -> Event:
    """The event that may be undone.

    Raises: EventUnknown, EventUndone, EventNotLast, EventStands.
    """
    found = next((event for event in events if event.event_id == event_id), None)
    if found is None:
        raise EventUnknown("nothing of that id has happened to this loan", allowed="the id of one of its events")
    undone = {event.reverses for event in events if isinstance(event, Reversed)}
    if event_id in undone:
        raise EventUndone("the event has been undone already", allowed="an event that stands")
    is_money = isinstance(found, Withdrawn) or (isinstance(found, Repaid) and found.source in SOURCES)
    if not is_money and not isinstance(found, (*ANY_TIME, *LAST_ONLY)):
        raise EventStands(
            f"a {type(found).__name__} is not undone",
            allowed="payments of the borrower, what the lender gave, and changes of the plan",
        )
    later = [event for event in events if event.seq > found.seq and event.event_id not in undone]
    standing = [event for event in later if not isinstance(event, Reversed)]
    if isinstance(found, LAST_ONLY) and standing:
        raise EventNotLast(
            f"{len(standing)} events came after it", allowed=f"first undo the last one, of {standing[-1].on}"
        )
    return found
