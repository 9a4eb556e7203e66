"""What the lender may change in a running loan: each change becomes the events that make it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from fenqi.core.dates.due_date import add_units
from fenqi.core.loan import fraud
from fenqi.core.loan.agreed_charge import agreed_charge
from fenqi.core.loan.agreement import Agreement
from fenqi.core.loan.component import Component
from fenqi.core.loan.event import (
    Charged,
    ChargedOff,
    DueDateMoved,
    Event,
    InterestPaused,
    RateChanged,
    ReAged,
    ReAmortised,
    Repaid,
    Reversed,
    Source,
    Waived,
)
from fenqi.core.loan.replay import replay
from fenqi.core.loan.state import InstalmentState, LoanState
from fenqi.core.loan.undo import require_undoable
from fenqi.core.refusal import Kind, Refusal

COUNT_MAX = 60
"""Instalments of a plan that was changed."""


class ChangeKind(StrEnum):
    """What can be changed."""

    GOODWILL = "goodwill"
    """An amount is given as a gesture; it discharges dues as a payment would."""
    WAIVER = "waiver"
    """What is owed of interest, fee or late charge is given up."""
    CHARGE_ADJUSTMENT = "charge_adjustment"
    """A charge is lowered, to nothing if need be."""
    DUE_DATE = "due_date"
    """An instalment gets a new due day; later ones move along."""
    RATE = "rate"
    """A lower rate."""
    PAYMENT_HOLIDAY = "payment_holiday"
    """Nothing falls due for some periods; interest runs on."""
    INTEREST_PAUSE = "interest_pause"
    """No interest runs for some nights."""
    EXTRA_TERMS = "extra_terms"
    """What is outstanding is spread over more instalments than are left."""
    RE_AGE = "re_age"
    """What is outstanding is spread over new instalments from a day on."""
    RE_AMORTISATION = "re_amortisation"
    """What is overdue is spread over the instalments to come."""
    CHARGE_OFF = "charge_off"
    """The loan is written off."""
    CHARGE = "charge"
    """A fee or penalty that the agreement names is charged on top of the plan."""
    FRAUD_FLAG = "fraud_flag"
    """Somebody else is suspected to have taken the loan out."""
    FRAUD_CLEARANCE = "fraud_clearance"
    """The suspicion is over."""
    UNDO = "undo"
    """An earlier event never happened."""


class ChangeIncomplete(Refusal):
    """A change lacks what it needs, or names something that it has no use for."""

    code = "change_incomplete"


class ChangeDayOutOfRange(Refusal):
    """A change is dated before the first draw or after today, or one of its days lies on the wrong side of another."""

    code = "change_day_out_of_range"


class ChangeAboveOwed(Refusal):
    """More would be given than is owed."""

    code = "change_above_owed"
    kind = Kind.CONFLICT


class RateAboveAgreed(Refusal):
    """A rate may be lowered; more than was signed for nobody has agreed to."""

    code = "rate_above_agreed"
    kind = Kind.RULE


class InstalmentUnknown(Refusal):
    """No open instalment of the loan falls due on that day."""

    code = "instalment_unknown"
    kind = Kind.UNKNOWN


class LoanWrittenOff(Refusal):
    """The plan of a loan that was written off stays as it is."""

    code = "loan_written_off"
    kind = Kind.CONFLICT


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A change as it was asked for; every kind has its own of these values."""

    kind: ChangeKind
    on: date
    """The day from which it counts, also one in the past."""
    amount_minor: int | None = None
    component: Component | None = None
    due_on: date | None = None
    new_due_on: date | None = None
    from_on: date | None = None
    until_on: date | None = None
    rate_per_year: Decimal | None = None
    instalment_count: int | None = None
    event_id: str | None = None

    def __post_init__(self) -> None:
        wanted = _NEEDS[self.kind]
        given = {field.name for field in fields(self) if getattr(self, field.name) is not None} - {"kind", "on"}
        if given != set(wanted):
            raise ChangeIncomplete(
                f"a {self.kind} with {', '.join(sorted(given)) or 'nothing'}",
                allowed=", ".join(wanted) or "a day and nothing else",
            )


_NEEDS: Mapping[ChangeKind, tuple[str, ...]] = {
    ChangeKind.GOODWILL: ("amount_minor",),
    ChangeKind.WAIVER: ("component", "amount_minor"),
    ChangeKind.CHARGE_ADJUSTMENT: ("event_id", "amount_minor"),
    ChangeKind.DUE_DATE: ("due_on", "new_due_on"),
    ChangeKind.RATE: ("rate_per_year", "from_on"),
    ChangeKind.PAYMENT_HOLIDAY: ("due_on", "instalment_count"),
    ChangeKind.INTEREST_PAUSE: ("from_on", "until_on"),
    ChangeKind.EXTRA_TERMS: ("instalment_count",),
    ChangeKind.RE_AGE: ("from_on", "instalment_count"),
    ChangeKind.RE_AMORTISATION: (),
    ChangeKind.CHARGE_OFF: (),
    ChangeKind.CHARGE: ("component", "amount_minor", "due_on"),
    ChangeKind.FRAUD_FLAG: (),
    ChangeKind.FRAUD_CLEARANCE: (),
    ChangeKind.UNDO: ("event_id",),
}
_AFTER_WRITE_OFF = {
    ChangeKind.GOODWILL,
    ChangeKind.WAIVER,
    ChangeKind.CHARGE_ADJUSTMENT,
    ChangeKind.FRAUD_FLAG,
    ChangeKind.FRAUD_CLEARANCE,
    ChangeKind.UNDO,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """The loan that is to be changed: everything known of it, and how it stands on the day of the change."""

    agreement: Agreement
    events: Sequence[Event]
    state: LoanState

    def open_row(self, due_on: date | None) -> InstalmentState:
        """The open instalment due on a day; the next open one if no day is given.

        Raises: InstalmentUnknown.
        """
        rows = [row for row in self.state.rows if row.outstanding.total]
        found = [row for row in rows if (row.due_on == due_on if due_on else row.due_on > self.state.as_of)]
        if not found:
            raise InstalmentUnknown(
                f"no open instalment falls due on {due_on or 'a day to come'}",
                allowed=", ".join(row.due_on.isoformat() for row in rows) or "a loan with open instalments",
            )
        return found[0]


def events_of(change: Change, subject: Subject, *, today: date, id_of: Callable[[int], str]) -> tuple[Event, ...]:
    """The events that make a change; `id_of` names them by their number, from 0.

    Raises: what keeps a change of its kind from being made.
    """
    _require_day(change, subject, today=today)
    if subject.state.charged_off_on is not None and change.kind not in _AFTER_WRITE_OFF:
        raise LoanWrittenOff(
            f"written off on {subject.state.charged_off_on}", allowed=", ".join(sorted(_AFTER_WRITE_OFF))
        )
    first_seq = 1 + max((event.seq for event in subject.events), default=0)
    made = _MAKES[change.kind](change, subject)
    return tuple(replace(event, event_id=id_of(number), seq=first_seq + number) for number, event in enumerate(made))


def _require_day(change: Change, subject: Subject, *, today: date) -> None:
    first = min((draw.on for draw in subject.state.draws), default=today)
    if not first <= change.on <= today:
        raise ChangeDayOutOfRange(f"a change on {change.on}", allowed=f"{first} to {today}")
    begins, ends = change.from_on or change.new_due_on, change.until_on
    if (begins and begins < change.on) or (begins and ends and ends < begins):
        raise ChangeDayOutOfRange(
            f"{begins} to {ends or 'open'}", allowed=f"from {change.on} on, and not ending before it begins"
        )
    if change.instalment_count is not None and not 1 <= change.instalment_count <= COUNT_MAX:
        raise ChangeDayOutOfRange(f"{change.instalment_count} instalments", allowed=f"1 to {COUNT_MAX}")


def _within(minor: int | None, most: int) -> int:
    if minor is None or not 0 < minor <= most:
        raise ChangeAboveOwed(f"{minor} of {most}", allowed=f"1 to {most}")
    return minor


def _goodwill(change: Change, subject: Subject) -> tuple[Event, ...]:
    minor = _within(change.amount_minor, subject.state.payoff_minor)
    return (Repaid(event_id="", on=change.on, seq=0, amount_minor=minor, source=Source.GOODWILL),)


def _waiver(change: Change, subject: Subject) -> tuple[Event, ...]:
    component = change.component
    if component is None or component is Component.PRINCIPAL:
        raise ChangeIncomplete("a waiver of principal", allowed="interest, fee or penalty; principal by goodwill")
    minor = _within(change.amount_minor, subject.state.outstanding[component])
    return (Waived(event_id="", on=change.on, seq=0, component=component, amount_minor=minor),)


def _charge_adjustment(change: Change, subject: Subject) -> tuple[Event, ...]:
    undone = require_undoable(change.event_id or "", subject.events)
    known = next((each for each in subject.state.charges if each.event_id == change.event_id), None)
    if not isinstance(undone, Charged) or known is None:
        raise ChangeIncomplete("the event is no charge", allowed="the event of a fee or penalty that was charged")
    minor = change.amount_minor or 0
    if not 0 <= minor < known.amount_minor:
        raise ChangeAboveOwed(f"{minor} for {known.amount_minor}", allowed=f"0 to {known.amount_minor - 1}")
    taken = Reversed(event_id="", on=change.on, seq=0, reverses=undone.event_id)
    lower = replace(undone, event_id="", seq=0, amount_minor=minor, share=None)
    return (taken, lower) if minor else (taken,)


def _due_date(change: Change, subject: Subject) -> tuple[Event, ...]:
    row, to = subject.open_row(change.due_on), change.new_due_on or change.on
    return (DueDateMoved(event_id="", on=change.on, seq=0, due_on=row.due_on, new_due_on=to),)


def _payment_holiday(change: Change, subject: Subject) -> tuple[Event, ...]:
    row, terms = subject.open_row(change.due_on), subject.agreement.terms
    count = (change.instalment_count or 1) * terms.repay_every
    to = add_units(row.due_on, count, frequency=terms.frequency)
    return (DueDateMoved(event_id="", on=change.on, seq=0, due_on=row.due_on, new_due_on=to),)


def _rate(change: Change, subject: Subject) -> tuple[Event, ...]:
    rate, agreed = change.rate_per_year or Decimal(0), subject.agreement.terms.rate_per_year
    if not 0 <= rate <= agreed:
        raise RateAboveAgreed(f"a yearly rate of {rate}", allowed=f"0 to {agreed}", source="民法典 art. 543")
    return (RateChanged(event_id="", on=change.on, seq=0, rate_per_year=rate, from_on=change.from_on or change.on),)


def _interest_pause(change: Change, subject: Subject) -> tuple[Event, ...]:
    start_on, end_on = change.from_on or change.on, change.until_on or change.on
    return (InterestPaused(event_id="", on=change.on, seq=0, start_on=start_on, end_on=end_on),)


def _extra_terms(change: Change, subject: Subject) -> tuple[Event, ...]:
    left = [row for row in subject.state.rows if row.due_on > change.on and row.outstanding.total]
    row = subject.open_row(None)
    return (_re_aged(change, subject, start_on=row.due_on, count=len(left) + (change.instalment_count or 0)),)


def _re_age(change: Change, subject: Subject) -> tuple[Event, ...]:
    start_on, count = change.from_on or change.on, change.instalment_count or 1
    return (_re_aged(change, subject, start_on=start_on, count=count),)


def _re_aged(change: Change, subject: Subject, *, start_on: date, count: int) -> ReAged:
    terms = subject.agreement.terms
    return ReAged(
        event_id="",
        on=change.on,
        seq=0,
        start_on=start_on,
        instalment_count=count,
        frequency=terms.frequency,
        every=terms.repay_every,
    )


def _re_amortisation(change: Change, subject: Subject) -> tuple[Event, ...]:
    return (ReAmortised(event_id="", on=change.on, seq=0),)


def _charge_off(change: Change, subject: Subject) -> tuple[Event, ...]:
    return (ChargedOff(event_id="", on=change.on, seq=0),)


def _charge(change: Change, subject: Subject) -> tuple[Event, ...]:
    component = change.component
    if component is None or component not in {Component.FEE, Component.PENALTY}:
        raise ChangeIncomplete("a charge that is no fee and no penalty", allowed="fee or penalty")
    due_on, minor = change.due_on or change.on, change.amount_minor or 0
    # What was charged on a later day counts too: a charge dated back finds no more room than one of today.
    last_on = max((change.on, *(event.on for event in subject.events)))
    state = replay(subject.agreement, subject.events, as_of=last_on)
    charged = agreed_charge(
        subject.agreement.policy, state, component=component, amount_minor=minor, on=change.on, due_on=due_on
    )
    return (charged,)


def _fraud_flag(change: Change, subject: Subject) -> tuple[Event, ...]:
    return (fraud.flagged(subject.events, on=change.on),)


def _fraud_clearance(change: Change, subject: Subject) -> tuple[Event, ...]:
    return (fraud.cleared(subject.events, on=change.on),)


def _undo(change: Change, subject: Subject) -> tuple[Event, ...]:
    undone = require_undoable(change.event_id or "", subject.events)
    return (Reversed(event_id="", on=change.on, seq=0, reverses=undone.event_id),)


_MAKES: Mapping[ChangeKind, Callable[[Change, Subject], tuple[Event, ...]]] = {
    ChangeKind.GOODWILL: _goodwill,
    ChangeKind.WAIVER: _waiver,
    ChangeKind.CHARGE_ADJUSTMENT: _charge_adjustment,
    ChangeKind.DUE_DATE: _due_date,
    ChangeKind.RATE: _rate,
    ChangeKind.PAYMENT_HOLIDAY: _payment_holiday,
    ChangeKind.INTEREST_PAUSE: _interest_pause,
    ChangeKind.EXTRA_TERMS: _extra_terms,
    ChangeKind.RE_AGE: _re_age,
    ChangeKind.RE_AMORTISATION: _re_amortisation,
    ChangeKind.CHARGE_OFF: _charge_off,
    ChangeKind.CHARGE: _charge,
    ChangeKind.FRAUD_FLAG: _fraud_flag,
    ChangeKind.FRAUD_CLEARANCE: _fraud_clearance,
    ChangeKind.UNDO: _undo,
}


def change_to_record(change: Change) -> dict[str, Any]:
    """A change as JSON can hold it; what it does not name is left out."""
    values = {field.name: getattr(change, field.name) for field in fields(change)}
    return {name: _plain(value) for name, value in values.items() if value is not None}


def change_from_record(record: Mapping[str, Any]) -> Change:
    """A change as it was kept."""
    return Change(**{name: _READERS.get(name, _as_it_is)(value) for name, value in record.items()})


def _plain(value: Any) -> Any:
    if isinstance(value, Component):
        return value.name.lower()
    return value if isinstance(value, int) else str(value)


def _as_it_is(value: Any) -> Any:
    return value


_READERS: Mapping[str, Callable[[Any], Any]] = {
    "kind": ChangeKind,
    "component": lambda name: Component[name.upper()],
    "rate_per_year": Decimal,
    **dict.fromkeys(("on", "due_on", "new_due_on", "from_on", "until_on"), date.fromisoformat),
}
