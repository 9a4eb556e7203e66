"""The state of a loan, read from a replayed position."""

from datetime import date

from fenqi.core.loan.books import books, early_of
from fenqi.core.loan.charge import charge_states
from fenqi.core.loan.component import Parts
from fenqi.core.loan.instalment import PRINCIPAL
from fenqi.core.loan.position import Position
from fenqi.core.loan.state import InstalmentState, LoanState, RowKind, Status, draws_above


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
        fraud_flagged_on=position.fraud_flagged_on,
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
    above = draws_above(position.draws, [(row.kind, row.from_on, row.due_on) for row in position.rows])
    for number, (row, draws) in enumerate(zip(position.rows, above, strict=True), 1):
        is_down_payment = row.kind is RowKind.DOWN_PAYMENT
        balance += sum(draw.amount_minor for draw in position.draws[drawn:draws])
        drawn = draws
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
