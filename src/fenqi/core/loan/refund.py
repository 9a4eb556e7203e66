"""What a refund does to the cost of a loan: interest that was never owed, and fees not paid yet."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from fenqi.core.loan.event import Charged, Disbursed, Event, Repaid
from fenqi.core.loan.instalment import FEE
from fenqi.core.loan.position import Position
from fenqi.core.money.amount import round_ratio


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


def cancel_fees(position: Position, amount_minor: int, on: date) -> None:
    """Cancel flat fees not paid yet, in proportion to the principal that a refund takes off the instalments to come.

    Fees already paid are kept. Under a fixed plan nothing changes.
    """
    coming = [row for row in position.regular if row.due_on > on]
    principal = sum(row.unpaid_principal for row in coming)
    if not position.recalculates or not principal:
        return
    fallen_due = sum(row.outstanding for row in position.rows if row.due_on <= on)
    left = principal - min(max(amount_minor - fallen_due, 0), principal)
    for row in coming:
        unpaid = max(row.flat_fee - row.paid[FEE], 0)
        kept = round_ratio(unpaid * left, principal, position.agreement.terms.rounding)
        row.due[FEE] -= unpaid - kept
        row.flat_fee -= unpaid - kept
