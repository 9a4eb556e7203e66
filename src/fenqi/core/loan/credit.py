"""What is taken back from the lender, or from the borrower's credit balance."""

from collections.abc import Sequence
from datetime import date

from fenqi.core.loan.allocation import allocate, mark_paid, move_principal
from fenqi.core.loan.charge import additional_row
from fenqi.core.loan.component import Component, Parts
from fenqi.core.loan.event import CashRefunded, ChargedBack, CreditBalanceRefunded, Source
from fenqi.core.loan.instalment import PRINCIPAL, Instalment
from fenqi.core.loan.interest import recompute
from fenqi.core.loan.policy import PRINCIPAL_FIRST, FutureRule
from fenqi.core.loan.position import Position
from fenqi.core.loan.state import Flow, RowKind


def use_overpaid(position: Position, on: date) -> Parts:
    """Let a held overpayment discharge what is owed now and then the next instalments; give what it discharged."""
    if not position.overpaid_minor:
        return Parts()
    parts, left = allocate(position, position.overpaid_minor, on=on, source=Source.CUSTOMER, future=FutureRule.NEXT)
    used = position.overpaid_minor - left
    position.overpaid_minor = left
    position.book(Flow.OVERPAYMENT_USED, Parts(used))
    position.book(Flow.RECOVERED if position.charged_off_on else Flow.PAID_BY_CUSTOMER, parts)
    return parts


def refund_credit_balance(position: Position, event: CreditBalanceRefunded) -> None:
    """Return an overpayment; what goes beyond it becomes principal of the next instalment."""
    returned = min(event.amount_minor, position.overpaid_minor)
    beyond = event.amount_minor - returned
    position.overpaid_minor -= returned
    position.book(Flow.OVERPAYMENT_RETURNED, Parts(returned))
    if beyond:
        add_credit(position, event.on, Parts(beyond))
        position.book(Flow.DRAWN, Parts(beyond))
    position.record(event.event_id, event.on, "credit_balance_refund", event.amount_minor, Parts(beyond), returned)


def charge_back(position: Position, event: ChargedBack) -> None:
    """Owe again what a bank took back of a payment, by the agreed order, less what was taken back before.

    An overpayment that is held pays it at once, and only the rest of it is told as owed again. What the payment had
    not discharged is principal again.
    """
    paid = next((effect.parts for effect in position.timeline if effect.event_id == event.payment_id), Parts())
    before = position.charged_back.setdefault(event.payment_id, [0, 0, 0, 0])
    left, parts = event.amount_minor, [0, 0, 0, 0]
    for component in position.agreement.policy.chargeback_order:
        part = max(min(paid[component] - before[component], left), 0)
        before[component] += part
        parts[component] += part
        left -= part
    if left:
        parts[PRINCIPAL] += left
    add_credit(position, event.on, Parts(*parts))
    position.book(
        Flow.RECOVERED if position.charged_off_on else Flow.PAID_BY_CUSTOMER, Parts(*(-part for part in parts))
    )
    used = use_overpaid(position, event.on)
    owed = _less(parts, used)
    held = event.amount_minor - owed.total
    position.record(event.event_id, event.on, "chargeback", event.amount_minor, owed, held)


def _less(parts: Sequence[int], used: Parts) -> Parts:
    """Parts without what an overpayment paid of them; where it paid another component, principal is the less."""
    owed = [max(part - paid, 0) for part, paid in zip(parts, used, strict=True)]
    elsewhere = sum(owed) + used.total - sum(parts)
    owed[PRINCIPAL] = max(owed[PRINCIPAL] - elsewhere, 0)
    return Parts(*owed)


def add_credit(position: Position, on: date, parts: Parts) -> None:
    """Make amounts due on top of the first instalment that falls due later, or of an additional one."""
    row = next((row for row in position.rows if row.due_on > on and row.kind is not RowKind.DOWN_PAYMENT), None)
    row = row or additional_row(position, on)
    for component in Component:
        row.credited[component] += parts[component]
        row.due[component] += parts[component]
    row.paid_on = None
    if position.recalculates and row.kind is RowKind.REGULAR:
        row.pinned = False
        position.move(on, parts.principal)
        recompute(position, on)
    mark_paid(position, on)


def refund_in_cash(position: Position, event: CashRefunded) -> None:
    """Take money back out of dues, from the last instalment backwards: principal, interest, fee, penalty.

    What was paid in advance is taken first, then what was paid late; the instalments are open again.
    """
    left, parts = event.amount_minor, [0, 0, 0, 0]
    for row in reversed(position.rows):
        for component in PRINCIPAL_FIRST:
            part = min(row.paid[component], left)
            if part:
                _take_back(position, row, component, part, event.on)
                parts[component] += part
                left -= part
    if position.recalculates:
        recompute(position, event.on)
    mark_paid(position, event.on)
    position.book(
        Flow.RECOVERED if position.charged_off_on else Flow.PAID_BY_CUSTOMER, Parts(*(-part for part in parts))
    )
    position.record(event.event_id, event.on, "cash_refund", event.amount_minor, Parts(*parts))


def _take_back(position: Position, row: Instalment, component: Component, part: int, on: date) -> None:
    row.paid[component] -= part
    early = min(row.in_advance, part)
    row.in_advance -= early
    row.late -= min(row.late, part - early)
    row.paid_on = None
    if position.recalculates and row.kind is RowKind.REGULAR:
        row.pinned = row.pinned and row.sealed
        if component == PRINCIPAL:
            move_principal(position, row, on, part)
