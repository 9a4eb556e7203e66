"""The interest that a refunded amount has cost."""

from collections.abc import Sequence
from dataclasses import replace

from fenqi.core.loan.event import Charged, Disbursed, Event, Repaid


def never_lent(events: Sequence[Event], refund: Repaid) -> list[Event]:
    """The events before a refund, as if its amount had not been drawn in the first place.

    The first draw shrinks first; what happened before anything remained drawn falls away with it.
    """
    left = refund.amount_minor
    changed: list[Event] = []
    for event in events:
        if isinstance(event, Disbursed) and left:
            part = min(left, event.amount_minor)
            left -= part
            if part == event.amount_minor:
                continue
            changed.append(replace(event, amount_minor=event.amount_minor - part))
        elif any(isinstance(earlier, Disbursed) for earlier in changed) or isinstance(event, Charged):
            changed.append(event)
    return changed
