"""What the lender gives up of what is owed."""

from fenqi.core.loan.allocation import Payment, due_on_day, finish
from fenqi.core.loan.component import Component, Parts
from fenqi.core.loan.event import Waived
from fenqi.core.loan.instalment import Instalment
from fenqi.core.loan.position import Position
from fenqi.core.loan.state import Flow


def waive(position: Position, event: Waived) -> None:
    """Give up what is owed of one component, the earliest due first.

    Waived fees and penalties are noted on their charges, so that each shows what was paid and what was waived.
    """
    payment = Payment(position, event.on, event.amount_minor, due_on_day(position, event.on))
    for row in sorted(position.rows, key=lambda row: row.due_on):
        before = payment.left_minor
        payment.pay(row, (event.component,), before)
        _note(position, row, event.component, before - payment.left_minor)
    finish(position, event.on)
    parts = Parts(*payment.taken)
    if position.charged_off_on is None:
        position.book(Flow.FORGIVEN, parts)
    position.record(event.event_id, event.on, "waiver", parts.total, parts)


def _note(position: Position, row: Instalment, component: Component, minor: int) -> None:
    for attached in position.charges:
        if attached.row is row and attached.charge.component == component:
            part = min(attached.amount_minor - attached.waived_minor, minor)
            attached.waived_minor += part
            minor -= part
