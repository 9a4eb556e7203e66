"""Changes of the plan itself: new rate, new due days, pauses, re-ageing and re-amortisation."""

from datetime import date, timedelta

from fenqi.core.dates.due_date import Frequency, add_units
from fenqi.core.loan.charge import attach, follow_due_days
from fenqi.core.loan.component import Component, Parts
from fenqi.core.loan.due_now import DueNow
from fenqi.core.loan.event import DueDateMoved, InterestPaused, RateChanged, ReAged, ReAgeInterest, ReAmortised
from fenqi.core.loan.instalment import INTEREST, PRINCIPAL, Instalment
from fenqi.core.loan.interest import recompute
from fenqi.core.loan.layout import factor, open_from, spread
from fenqi.core.loan.position import Position
from fenqi.core.loan.rate_line import NIGHT
from fenqi.core.loan.state import RowKind
from fenqi.core.money.amount import round_ratio
from fenqi.core.product.annuity import equal_instalment
from fenqi.core.product.terms import RATE_DECIMALS


def change_rate(position: Position, event: RateChanged) -> None:
    """Put a new rate in force from the night to a day on, and plan what is open anew."""
    position.rates = position.rates.changed(event.from_on, int(event.rate_per_year.scaleb(RATE_DECIMALS)))
    rows = [row for row in open_from(position, event.from_on - NIGHT) if not row.pinned]
    spread(position, rows, event.on)


def pause_interest(position: Position, event: InterestPaused) -> None:
    """Let no interest run for some nights; the regular amounts stay."""
    position.rates = position.rates.paused(event.start_on, event.end_on)
    open_from(position, event.start_on - NIGHT)
    recompute(position, event.on)


def move_due_date(position: Position, event: DueDateMoved) -> None:
    """Give one instalment a new due day; the later ones move by as many days."""
    moved = [row for row in position.regular if row.due_on >= event.due_on]
    if not moved:
        return
    by = event.new_due_on - moved[0].due_on
    open_from(position, moved[0].due_on - timedelta(days=1))
    for number, row in enumerate(moved):
        row.due_on += by
        if number:
            row.from_on += by
    position.sort()
    follow_due_days(position)
    recompute(position, event.on)


def re_amortise(position: Position, event: ReAmortised) -> None:
    """Spread what is overdue over the instalments to come; the overdue ones keep what was paid."""
    overdue = [row for row in position.rows if row.due_on < event.on]
    coming = [row for row in position.regular if row.due_on > event.on]
    if not coming:
        return
    principal, interest = _shrink(position, overdue, event.on)
    rounding, multiple = (
        position.agreement.terms.instalment_rounding,
        position.agreement.terms.instalment_multiple_minor,
    )
    part = round_ratio(principal, len(coming) * multiple, rounding) * multiple
    interest_part = round_ratio(interest, len(coming), rounding)
    for row in coming:
        row.amount += part + interest_part
        row.brought_interest += interest_part
        if row.principal_part is not None:
            row.principal_part += part
    coming[-1].brought_interest += interest - interest_part * len(coming)
    recompute(position, event.on)
    _record(position, event.event_id, event.on, "re_amortise", principal, interest)


def re_age(position: Position, event: ReAged) -> None:
    """Spread all that is outstanding over new instalments.

    Open instalments shrink to what was paid, later ones go; before the last due day the running one ends today.
    """
    full = event.interest is ReAgeInterest.EQUAL_PARTS
    if not any(row.outstanding for row in position.rows):
        return
    interest = _interest_outstanding(position, event.on, everything=full)
    start_on = min(event.on, position.maturity_on)
    end_running(position, event.on)
    principal, _ = _shrink(position, position.rows, event.on)
    rows = _new_rows(position, event, start_on)
    if full:
        _equal_parts(position, rows, principal, interest)
    else:
        rows[0].brought_interest = interest
        _annuity(position, rows, principal + interest)
    for row in rows:
        position.insert(row)
    recompute(position, event.on)
    attach(position, position.pending)
    position.pending = []
    _record(position, event.event_id, event.on, "re_age", principal, interest)


def _record(position: Position, event_id: str, on: date, what: str, principal: int, interest: int) -> None:
    position.record(event_id, on, what, principal + interest, Parts(principal, interest))


def _interest_outstanding(position: Position, on: date, *, everything: bool) -> int:
    """Interest not paid: of all instalments, or of what is due and of the running period to the day.

    Where the running instalment was settled early, a later one holds what its period has cost since.
    """
    if everything:
        return sum(row.left()[INTEREST] for row in position.rows)
    total = sum(row.left()[INTEREST] for row in position.rows if row.due_on <= on)
    dues = DueNow(position, on, on)
    coming = (row for row in position.regular if row.due_on > on and not row.pinned)
    return total + sum(max(dues.interest_to_day(row) - row.paid[INTEREST], 0) for row in coming)


def end_running(position: Position, on: date) -> None:
    """Let the running instalment end today and the later ones go; what was paid or charged on them stays on it.

    On a due day the running instalment is the one that is due.
    """
    later = [row for row in position.regular if row.due_on >= on]
    if not later:
        return
    running = later[0]
    running.pinned = running.pinned and len(later) == 1
    running.full_days = running.full_days or (running.due_on - running.from_on).days
    running.due_on = on
    for row in later[1:]:
        for component in Component:
            kept = row.paid if component is INTEREST else row.due
            running.due[component] += kept[component]
            running.paid[component] += row.paid[component]
        running.in_advance += row.in_advance
        running.credited = [old + new for old, new in zip(running.credited, row.credited, strict=True)]
        for attached in position.charges:
            attached.row = running if attached.row is row else attached.row
        position.rows.remove(row)
    position.sort()


def _shrink(position: Position, rows: list[Instalment], on: date) -> tuple[int, int]:
    """Let instalments owe no more principal and interest than was paid; give what they owed."""
    principal = interest = 0
    for row in rows:
        left = row.left()
        if left[PRINCIPAL] or left[INTEREST]:
            principal += left[PRINCIPAL]
            interest += left[INTEREST]
            _hand_on(position, row, left[PRINCIPAL], on)
            row.due[PRINCIPAL], row.due[INTEREST] = row.paid[PRINCIPAL], row.paid[INTEREST]
            if not row.outstanding:
                row.paid_on = on
        if row.due_on <= on:
            row.pinned = row.sealed = True
    return principal, interest


def _hand_on(position: Position, row: Instalment, unpaid: int, on: date) -> None:
    """Make principal that moves to other instalments part of what the regular ones repay."""
    if row.kind is RowKind.REGULAR:
        moved = row.credited[PRINCIPAL]
        row.released += moved
        row.credited = [0, 0, *row.credited[2:]]
        if not position.recalculates:
            position.move(on, moved)
    else:
        moved = unpaid
        if row.kind is RowKind.ADDITIONAL:
            row.released += moved
            row.credited[PRINCIPAL] -= moved
        position.move(on, moved)
    position.lent_minor += moved


def _new_rows(position: Position, event: ReAged, from_on: date) -> list[Instalment]:
    months = event.every if event.frequency is Frequency.MONTHS else 0
    rows: list[Instalment] = []
    for number in range(event.instalment_count):
        due_on = add_units(event.start_on, number * event.every, frequency=event.frequency)
        before = add_units(event.start_on, (number - 1) * event.every, frequency=event.frequency)
        rows.append(
            Instalment(
                kind=RowKind.REGULAR,
                from_on=rows[-1].due_on if rows else from_on,
                due_on=due_on,
                months=months,
                full_days=(due_on - before).days,
            )
        )
    return rows


def _annuity(position: Position, rows: list[Instalment], owed: int) -> None:
    terms = position.agreement.terms
    numerator, denominator = factor(position, rows[0])
    amount = equal_instalment(
        (owed * (denominator + numerator), denominator),
        [factor(position, row) for row in rows[1:]],
        rounding=terms.instalment_rounding,
        multiple_minor=terms.instalment_multiple_minor,
    )
    for row in rows:
        row.amount = amount


def _equal_parts(position: Position, rows: list[Instalment], principal: int, interest: int) -> None:
    terms = position.agreement.terms
    rounding, multiple, count = terms.instalment_rounding, terms.instalment_multiple_minor, len(rows)
    amount = round_ratio(principal + interest, count * multiple, rounding) * multiple
    part = round_ratio(interest, count, rounding)
    for row in rows:
        row.amount, row.fixed_interest, row.principal_part = amount, part, amount - part
    rows[-1].fixed_interest = interest - part * (count - 1)
