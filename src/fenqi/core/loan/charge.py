"""Fees and penalties: which instalment they belong to, and what is still owed of each."""

from collections.abc import Iterable
from datetime import date

from fenqi.core.loan.component import Component
from fenqi.core.loan.event import ChargeBase, Charged
from fenqi.core.loan.instalment import INTEREST, PRINCIPAL, Instalment
from fenqi.core.loan.position import AttachedCharge, Position
from fenqi.core.loan.state import ChargeState, RowKind
from fenqi.core.money.amount import round_minor


def attach(position: Position, charges: Iterable[Charged]) -> None:
    """Put charges on the instalments in whose periods they fall due, (from, due].

    The first instalment also takes its start day; a down payment takes none; what falls due after the last due
    day makes an additional instalment.
    """
    for charge in charges:
        row = _row_of(position, charge.due_on) or additional_row(position, charge.due_on)
        minor = amount(position, charge)
        row.due[charge.component] += minor
        row.paid_on = None
        position.charges.append(AttachedCharge(charge, row, minor))


def _row_of(position: Position, due_on: date) -> Instalment | None:
    rows = position.regular
    if due_on <= rows[0].from_on:
        return rows[0]
    return next((row for row in rows if row.from_on < due_on <= row.due_on), None)


def additional_row(position: Position, due_on: date) -> Instalment:
    """The instalment after the last one; its due day moves to the latest of what it holds."""
    for row in position.rows:
        if row.kind is RowKind.ADDITIONAL:
            row.due_on = max(row.due_on, due_on)
            return row
    row = Instalment(kind=RowKind.ADDITIONAL, from_on=position.maturity_on, due_on=due_on)
    position.insert(row)
    return row


def follow_due_days(position: Position) -> None:
    """After due days have moved: charges that are not paid go to the instalments in whose periods they now fall."""
    for attached in position.charges:
        component, minor = attached.charge.component, attached.amount_minor - attached.waived_minor
        row = _row_of(position, attached.charge.due_on) or additional_row(position, attached.charge.due_on)
        if row is not attached.row and attached.row.left()[component] >= minor:
            attached.row.due[component] -= minor
            row.due[component] += minor
            attached.row = row
    position.rows = [row for row in position.rows if row.kind is not RowKind.ADDITIONAL or any(row.due)]


def amount(position: Position, charge: Charged) -> int:
    """What a charge amounts to under the plan as it is."""
    if charge.share is None:
        return charge.amount_minor
    principal = sum(row.due[PRINCIPAL] for row in position.rows)
    interest = sum(row.due[INTEREST] for row in position.rows)
    base = {
        ChargeBase.PRINCIPAL: principal,
        ChargeBase.INTEREST: interest,
        ChargeBase.PRINCIPAL_AND_INTEREST: principal + interest,
    }[charge.base]
    return round_minor(charge.share * base, position.agreement.terms.instalment_rounding)


def reassess(position: Position) -> None:
    """Recompute charges that are a share of the plan, after the plan has changed; what was paid stays paid."""
    for attached in position.charges:
        if attached.charge.share is not None:
            left = attached.row.left()[attached.charge.component]
            minor = max(amount(position, attached.charge), attached.amount_minor - left)
            attached.row.due[attached.charge.component] += minor - attached.amount_minor
            attached.amount_minor = minor


def charge_states(position: Position) -> tuple[ChargeState, ...]:
    """The charges with what was paid of each: of one instalment, the earliest due first."""
    paid = {
        (id(row), component): row.paid[component]
        - sum(a.waived_minor for a in position.charges if a.row is row and a.charge.component == component)
        for row in position.rows
        for component in (Component.FEE, Component.PENALTY)
    }
    states: list[ChargeState] = []
    for attached in sorted(position.charges, key=lambda a: (a.charge.due_on, a.charge.on, a.charge.seq)):
        key = (id(attached.row), attached.charge.component)
        part = max(min(attached.amount_minor - attached.waived_minor, paid.get(key, 0)), 0)
        if key in paid:
            paid[key] -= part
        states.append(
            ChargeState(
                event_id=attached.charge.event_id,
                component=attached.charge.component,
                due_on=attached.charge.due_on,
                amount_minor=attached.amount_minor,
                paid_minor=part,
                waived_minor=attached.waived_minor,
            )
        )
    return tuple(states)
