"""Which dues a payment discharges, in which order."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from fenqi.core.loan.component import Component, Parts
from fenqi.core.loan.due_now import DueNow
from fenqi.core.loan.event import Source
from fenqi.core.loan.instalment import PRINCIPAL, Instalment
from fenqi.core.loan.interest import recompute
from fenqi.core.loan.policy import AllocationRule, EarlyInterest, FutureRule, Recalculation, Timing
from fenqi.core.loan.position import Position
from fenqi.core.loan.state import RowKind
from fenqi.core.money.amount import round_ratio


@dataclass(slots=True)
class Payment:
    """Money on its way into the dues of a loan."""

    position: Position
    on: date
    left_minor: int
    """What has not found a due yet."""
    dues: DueNow
    taken: list[int] = field(default_factory=lambda: [0, 0, 0, 0])

    def pay(self, row: Instalment, components: Sequence[Component], limit_minor: int) -> None:
        """Discharge dues of one instalment in the order given, up to a limit."""
        limit = min(limit_minor, self.left_minor)
        owed = self.dues.of(row)
        for component in components:
            part = min(owed[component], limit)
            if part > 0:
                self._apply(row, component, part)
                limit -= part
        self.dues.settle(row)

    def _apply(self, row: Instalment, component: Component, part: int) -> None:
        row.paid[component] += part
        self.taken[component] += part
        self.left_minor -= part
        if row.due_on > self.on:
            row.in_advance += part
        elif self.position.payable_until(row) < self.on:
            row.late += part
        if component == PRINCIPAL and row.kind is RowKind.REGULAR:
            early = row.due_on > self.on
            move_principal(self.position, row, self.dues.interest_until if early else self.on, -part)


def move_principal(position: Position, row: Instalment, on: date, minor: int) -> None:
    """Let principal that was really paid or taken back count from its day on.

    Where what is overdue bears no interest, late principal counts from its due day.
    """
    recalculation = position.agreement.policy.recalculation
    if recalculation is Recalculation.FULL:
        position.move(on, minor)
    elif recalculation is Recalculation.EARLY:
        position.move(min(on, row.due_on), minor)


def allocate(
    position: Position,
    amount_minor: int,
    *,
    on: date,
    source: Source,
    pays_off: bool = False,
    future: FutureRule | None = None,
) -> tuple[Parts, int]:
    """Discharge dues with money that arrived on a day; give what it discharged, and what no due could take.

    Past-due instalments come first and the oldest of them first, then what is due today, then what is to come.
    The order of components and the choice among instalments to come are terms of the agreement, unless the choice
    is given.
    """
    rule = position.agreement.policy.rule(source)
    rule = replace(rule, future=future) if future else rule
    dues = DueNow(
        position,
        on,
        _interest_until(position, on),
        whole_interest=source is Source.INTEREST_REFUND,
        closes=pays_off,
    )
    payment = Payment(position, on, amount_minor, dues)
    while payment.left_minor > 0:
        before = payment.left_minor
        _pay_all(payment, rule, interest_first=source is Source.INTEREST_REFUND)
        if payment.left_minor == before:
            break
    dues.cancel_unused()
    finish(position, on)
    return Parts(*payment.taken), payment.left_minor


def due_on_day(position: Position, on: date) -> DueNow:
    """The dues of a loan as a payment of a day finds them."""
    return DueNow(position, on, _interest_until(position, on))


def finish(position: Position, on: date) -> None:
    """After money was applied: let interest follow it, and note which instalments are paid."""
    if position.recalculates:
        recompute(position, on)
    mark_paid(position, on)


def _pay_all(payment: Payment, rule: AllocationRule, *, interest_first: bool) -> None:
    """Go once through all dues; what an instalment takes can depend on the others, so more may be due afterwards."""
    vertical = payment.position.agreement.policy.vertical
    for timing, ordered in rule.order:
        components = _interest_first(ordered) if interest_first else ordered
        rows = _rows(payment.position, timing, payment.on)
        if timing is Timing.IN_ADVANCE:
            _pay_in_advance(payment, rows, components, rule, vertical=vertical)
        else:
            _pay_in_turn(payment, rows, components, vertical=vertical)


def _interest_first(components: tuple[Component, ...]) -> tuple[Component, ...]:
    return tuple(sorted(components, key=lambda component: component is not Component.INTEREST))


def _interest_until(position: Position, on: date) -> date:
    """The day to which what is paid early owes interest, and from which it saves any."""
    if position.agreement.policy.early_interest is EarlyInterest.TO_THE_DAY:
        return on
    return next((row.due_on for row in position.regular if row.from_on < on <= row.due_on), on)


def _rows(position: Position, timing: Timing, on: date) -> list[Instalment]:
    if timing is Timing.PAST_DUE:
        rows = [row for row in position.rows if row.due_on < on]
    elif timing is Timing.DUE:
        rows = [row for row in position.rows if row.due_on == on]
    else:
        rows = [row for row in position.rows if row.due_on > on]
    return sorted(rows, key=lambda row: row.due_on)


def _pay_in_turn(
    payment: Payment, rows: Sequence[Instalment], components: tuple[Component, ...], *, vertical: bool
) -> None:
    groups = [(component,) for component in components] if vertical else [components]
    for group in groups:
        for row in rows:
            if not payment.left_minor:
                return
            payment.pay(row, group, payment.left_minor)


def _pay_in_advance(
    payment: Payment,
    rows: list[Instalment],
    components: tuple[Component, ...],
    rule: AllocationRule,
    *,
    vertical: bool,
) -> None:
    if rule.future is FutureRule.SPREAD:
        for group in [(component,) for component in components] if vertical else [components]:
            _pay_in_parts(payment, rows, group)
        return
    turn = rows[::-1] if rule.future is FutureRule.LAST else rows
    _pay_in_turn(payment, turn, components, vertical=vertical)


def _pay_in_parts(payment: Payment, rows: Sequence[Instalment], components: tuple[Component, ...]) -> None:
    """Divide what is left by the open instalments; what one cannot take is divided again."""
    rounding = payment.position.agreement.terms.instalment_rounding
    while payment.left_minor > 0:
        open_rows = [row for row in rows if any(payment.dues.of(row)[component] for component in components)]
        if not open_rows:
            return
        total = payment.left_minor
        part = round_ratio(total, len(open_rows), rounding)
        for row in open_rows[:-1]:
            payment.pay(row, components, part)
        payment.pay(open_rows[-1], components, total - part * (len(open_rows) - 1))


def reopen(position: Position) -> None:
    """Forget the day on which instalments were paid that have something left to pay again."""
    for row in position.rows:
        if row.outstanding:
            row.paid_on = None


def mark_paid(position: Position, on: date) -> None:
    """Note the day on which instalments had nothing left to pay; those that have again are open."""
    reopen(position)
    everything = sum(row.outstanding for row in position.rows) == 0
    for row in position.rows:
        if row.outstanding:
            continue
        if row.paid_on is None and (sum(row.paid) or everything):
            row.paid_on = on
