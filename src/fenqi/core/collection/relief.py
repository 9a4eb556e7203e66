"""What a borrower in difficulty can be offered: each way out, worked out on every loan by the fold, with its cost."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid5

from fenqi.core.collection.loan_cost import annual_percent
from fenqi.core.dates.due_date import add_units
from fenqi.core.loan.agreement import Agreement
from fenqi.core.loan.change import Change, ChangeKind, Subject, events_of
from fenqi.core.loan.component import Component
from fenqi.core.loan.event import Event
from fenqi.core.loan.replay import replay
from fenqi.core.loan.state import Flow, InstalmentState, LoanState
from fenqi.core.loan.trial import cost_minor
from fenqi.core.refusal import Refusal

_COSTS = (Component.INTEREST, Component.FEE, Component.PENALTY)


class ReliefKind(StrEnum):
    """The ways out."""

    DEFERRAL = "deferral"
    """Nothing falls due for some periods; what was late moves along."""
    RE_AGE = "re_age"
    """What is owed is spread over as many instalments as are left, the first of them to come."""
    LOWER_INSTALMENTS = "lower_instalments"
    """What is owed is spread over more instalments than are left."""
    LOWER_RATE = "lower_rate"
    """A lower rate; what was late is spread over the instalments to come."""


@dataclass(frozen=True)
class ReliefMenu:
    """What may be offered at all, and how long it may last."""

    deferral_periods: tuple[int, ...]
    extra_instalments: tuple[int, ...]
    rate_shares: tuple[Decimal, ...]
    waives_late_charge: bool
    """What lateness has cost so far is given up with any of them."""
    months_max: int


@dataclass(frozen=True, kw_only=True)
class ReliefLoan:
    """A loan that help is asked for."""

    loan_id: UUID
    agreement: Agreement
    events: tuple[Event, ...]


@dataclass(frozen=True, kw_only=True)
class ReliefPart:
    """What an option does to one loan: without changes it goes on as signed."""

    loan_id: UUID
    changes: tuple[Change, ...]
    before: LoanState
    after: LoanState
    annual_percent: Decimal


@dataclass(frozen=True, kw_only=True)
class ReliefOption:
    """One way out over all loans; `withheld` says why it cannot be offered, and is empty if it can.

    Units: minor, one currency; percent a year, the dearest of the loans.
    """

    option_id: str
    kind: ReliefKind
    number: Decimal
    """Periods, further instalments or share of the rate, as the kind has it."""
    parts: tuple[ReliefPart, ...]
    extra_cost_minor: int
    """More than as signed, if everything is paid when it falls due; below nothing where it costs less."""
    to_pay_minor: int
    instalment_max_minor: int
    """The most that falls due in one month."""
    first_due_on: date | None
    last_due_on: date | None
    annual_percent: Decimal
    withheld: str = ""
    is_affordable: bool = False


def read_menu(value: Mapping[str, Any], *, months_max: int) -> ReliefMenu:
    """What may be offered, from its data."""
    return ReliefMenu(
        tuple(value["deferral_periods"]),
        tuple(value["extra_instalments"]),
        tuple(map(Decimal, value["rate_shares"])),
        value["waives_late_charge"],
        months_max,
    )


def options_of(
    loans: Sequence[ReliefLoan], *, menu: ReliefMenu, on: date, percent_max: Decimal, room_minor: int
) -> tuple[ReliefOption, ...]:
    """Every way out, in the order of the menu, each with what it costs and whether it can be carried and offered.

    Units: `percent_max` is the ceiling a year; `room_minor` is what a month leaves for instalments.
    """
    wanted = [
        *((ReliefKind.DEFERRAL, Decimal(count)) for count in menu.deferral_periods),
        (ReliefKind.RE_AGE, Decimal(0)),
        *((ReliefKind.LOWER_INSTALMENTS, Decimal(count)) for count in menu.extra_instalments),
        *((ReliefKind.LOWER_RATE, share) for share in menu.rate_shares),
    ]
    return tuple(
        _judged(
            _option(loans, kind, number, on=on, waives=menu.waives_late_charge),
            menu=menu,
            on=on,
            percent_max=percent_max,
            room_minor=room_minor,
        )
        for kind, number in wanted
    )


def option_id(kind: ReliefKind, number: Decimal) -> str:
    """The name of an option, which says what it is."""
    return f"{kind}:{number}"


def suggested(options: Iterable[ReliefOption]) -> str | None:
    """Of what can be offered and carried, the cheapest for the borrower."""
    fitting = [option for option in options if option.is_affordable and not option.withheld]
    best = min(fitting, key=lambda option: (option.extra_cost_minor, option.option_id), default=None)
    return best.option_id if best else None


def _option(loans: Sequence[ReliefLoan], kind: ReliefKind, number: Decimal, *, on: date, waives: bool) -> ReliefOption:
    parts = tuple(_part(loan, kind, number, on=on, waives=waives) for loan in loans)
    rows = [row for part in parts for row in _to_come(part.after)]
    return ReliefOption(
        option_id=option_id(kind, number),
        kind=kind,
        number=number,
        parts=parts,
        extra_cost_minor=sum(borne_minor(part.after) - borne_minor(part.before) for part in parts),
        to_pay_minor=sum(part.after.outstanding.total for part in parts),
        instalment_max_minor=monthly_max_minor(part.after for part in parts),
        first_due_on=min((row.due_on for row in rows), default=None),
        last_due_on=max((row.due_on for row in rows), default=None),
        annual_percent=max((part.annual_percent for part in parts), default=Decimal(0)),
    )


def _judged(option: ReliefOption, *, menu: ReliefMenu, on: date, percent_max: Decimal, room_minor: int) -> ReliefOption:
    last_allowed = date(on.year + menu.months_max // 12, on.month, min(on.day, 28))
    withheld = ""
    if all(not part.changes for part in option.parts):
        withheld = "no_effect"
    elif any(part.after.days_past_due for part in option.parts):
        withheld = "still_late"
    elif option.annual_percent > percent_max:
        withheld = "above_ceiling"
    elif option.last_due_on is not None and option.last_due_on > last_allowed:
        withheld = "too_long"
    return replace(option, withheld=withheld, is_affordable=option.instalment_max_minor <= room_minor)


def monthly_max_minor(states: Iterable[LoanState]) -> int:
    """The most that falls due in one month over some loans."""
    by_month = defaultdict[tuple[int, int], int](int)
    for state in states:
        for row in _to_come(state):
            by_month[row.due_on.year, row.due_on.month] += row.outstanding.total
    return max(by_month.values(), default=0)


def borne_minor(state: LoanState) -> int:
    """Interest, fees and late charges of a whole plan that the borrower bears: without what was given up."""
    return cost_minor(state) - sum(state.books.get((Flow.FORGIVEN, component), 0) for component in _COSTS)


def _part(loan: ReliefLoan, kind: ReliefKind, number: Decimal, *, on: date, waives: bool) -> ReliefPart:
    before = replay(loan.agreement, loan.events, as_of=on)
    try:
        changes = _changes(loan, before, kind, number, on=on)
        given = _waived(before, on=on) if changes and waives else ()
        changes, events = _changed(loan, (*given, *changes), on=on)
    except Refusal:
        changes, events = (), ()
    after = replay(loan.agreement, (*loan.events, *events), as_of=on) if events else before
    if _told(after) == _told(before):
        changes, after = (), before
    return ReliefPart(
        loan_id=loan.loan_id, changes=changes, before=before, after=after, annual_percent=annual_percent(after)
    )


def _changed(loan: ReliefLoan, changes: Sequence[Change], *, on: date) -> tuple[tuple[Change, ...], tuple[Event, ...]]:
    """The events that the changes come to, each on what those before it have left."""
    made = tuple[Event, ...]()
    for place, change in enumerate(changes):
        made = (*made, *made_of(loan, made, change, on=on, place=place))
    return tuple(changes), made


def made_of(loan: ReliefLoan, made: tuple[Event, ...], change: Change, *, on: date, place: int) -> tuple[Event, ...]:
    """The events of one change after others; their ids follow from the loan and the place."""
    known = (*loan.events, *made)
    subject = Subject(agreement=loan.agreement, events=known, state=replay(loan.agreement, known, as_of=on))
    return events_of(
        change, subject, today=on, id_of=lambda number: str(uuid5(loan.loan_id, f"relief:{place}:{number}"))
    )


def _changes(loan: ReliefLoan, state: LoanState, kind: ReliefKind, number: Decimal, *, on: date) -> tuple[Change, ...]:
    """The changes that make a way out of one loan; none where it leaves nothing to change."""
    late = [row for row in state.rows if row.outstanding.total and row.due_on <= on]
    coming = _to_come(state, after=on)
    if not late and not coming:
        return ()
    match kind:
        case ReliefKind.DEFERRAL:
            count = len(late) + int(number)
            first = min(row.due_on for row in (*late, *coming))
            return (Change(kind=ChangeKind.PAYMENT_HOLIDAY, on=on, due_on=first, instalment_count=count),)
        case ReliefKind.RE_AGE:
            return (_spread(loan, coming, on=on, count=max(len(coming), 1)),) if late else ()
        case ReliefKind.LOWER_INSTALMENTS:
            return (_spread(loan, coming, on=on, count=len(coming) + int(number)),)
        case ReliefKind.LOWER_RATE:
            lower = Change(
                kind=ChangeKind.RATE, on=on, from_on=on, rate_per_year=loan.agreement.terms.rate_per_year * number
            )
            if not loan.agreement.terms.rate_per_year:
                return ()
            return (lower, _spread(loan, coming, on=on, count=max(len(coming), 1))) if late else (lower,)


def _waived(state: LoanState, *, on: date) -> tuple[Change, ...]:
    minor = state.outstanding.penalty
    if not minor:
        return ()
    return (Change(kind=ChangeKind.WAIVER, on=on, component=Component.PENALTY, amount_minor=minor),)


def _spread(loan: ReliefLoan, coming: Sequence[InstalmentState], *, on: date, count: int) -> Change:
    """All that is owed over new instalments: from the next due day, or from a period after today if none is left."""
    terms = loan.agreement.terms
    next_on = add_units(on, terms.repay_every, frequency=terms.frequency)
    start_on = min((row.due_on for row in coming), default=next_on)
    return Change(kind=ChangeKind.RE_AGE, on=on, from_on=start_on, instalment_count=count)


def _to_come(state: LoanState, *, after: date | None = None) -> list[InstalmentState]:
    return [row for row in state.rows if row.outstanding.total and (after is None or row.due_on > after)]


def _told(state: LoanState) -> tuple[object, ...]:
    return tuple((row.due_on, row.due) for row in state.rows)
