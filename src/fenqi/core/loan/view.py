"""The state of a loan, read from a replayed position."""

from datetime import date

from fenqi.core.loan.books import books, early_of
from fenqi.core.loan.charge import charge_states
from fenqi.core.loan.component import Parts
from fenqi.core.loan.instalment import PRINCIPAL
from fenqi.core.loan.position import Position
from fenqi.core.loan.state import InstalmentState, LoanState, RowKind, Status


def view(position: Position, as_of: date) -> LoanState:
    """Freeze a position; the payoff amount is still to be added."""
    rows = _rows(position)
    return LoanState(
        as_of=as_of,
        status=_status(position, rows),
        rows=rows,
        draws=tuple(position.draws),
        charges=charge_states(position),
        timeline=tuple(position.timeline),
        overpaid_minor=position.overpaid_minor,
        charged_off_on=position.charged_off_on,
        payoff_minor=0,
        books=books(position, as_of),
    )


def _status(position: Position, rows: tuple[InstalmentState, ...]) -> Status:
    if position.start_on is None:
        return Status.AGREED
    if any(row.outstanding.total for row in rows):
        return Status.ACTIVE
    return Status.OVERPAID if position.overpaid_minor else Status.CLOSED


def _rows(position: Position) -> tuple[InstalmentState, ...]:
    states: list[InstalmentState] = []
    last_due_on, balance, drawn = position.start_on, 0, 0
    for number, row in enumerate(position.rows, 1):
        is_down_payment = row.kind is RowKind.DOWN_PAYMENT
        while drawn < len(position.draws) and _is_above(position.draws[drawn].on, row.due_on, is_down_payment):
            balance += position.draws[drawn].amount_minor
            drawn += 1
        balance += row.credited[PRINCIPAL] + row.released - row.due[PRINCIPAL]
        states.append(
            InstalmentState(
                number=number,
                kind=row.kind,
                from_on=row.from_on,
                due_on=row.due_on,
                payable_until=position.payable_until(row),
                days=0 if is_down_payment or last_due_on is None else (row.due_on - last_due_on).days,
                due=Parts(*row.due),
                paid=Parts(*row.paid),
                paid_in_advance_minor=row.in_advance,
                paid_late_minor=row.late,
                paid_on=row.paid_on,
                balance_minor=balance,
                early=early_of(row),
                late_weight=row.late_weight,
                late_from_on=row.late_until or position.payable_until(row),
            )
        )
        if not is_down_payment:
            last_due_on = row.due_on
    return tuple(states)


def _is_above(drawn_on: date, due_on: date, is_down_payment: bool) -> bool:
    """On one day the instalment comes first, then the draw, then its down payment."""
    return drawn_on < due_on or (is_down_payment and drawn_on == due_on)
