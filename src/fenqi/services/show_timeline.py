"""What happened to a loan, event by event, and what became late, in the order in which it counts."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from fenqi.core.loan.component import Parts
from fenqi.core.loan.event import (
    Charged,
    Event,
    InterestPaused,
    RateChanged,
    ReAged,
    Repaid,
    Reversed,
    Waived,
)
from fenqi.core.loan.record import event_from_record
from fenqi.core.loan.state import Effect, InstalmentState, LoanState
from fenqi.stores.loan import LoanEvent

_DETAILS = (
    "component", "due_on", "new_due_on", "from_on", "until_on", "rate_per_year", "instalment_count", "undoes",
    "undoes_on", "instalment",
)  # fmt: skip
_WHATS = {
    "disbursed": "disbursement",
    "cash_refunded": "cash_refund",
    "credit_balance_refunded": "credit_balance_refund",
    "charged_back": "chargeback",
    "waived": "waiver",
    "charged_off": "charge_off",
    "re_aged": "re_age",
    "re_amortised": "re_amortise",
}
"""What the fold calls the effect of an event; others it calls by the event, or by where money came from."""
DAY = timedelta(days=1)


def timeline_shown(stored: Sequence[LoanEvent], state: LoanState) -> list[dict[str, Any]]:
    """Every event up to the day with what it did, also undone ones, and each instalment that was not paid in time.

    Events count in the order of day and entry, which is not that of arrival.
    """
    events = {each.event_id: event_from_record(each.content) for each in stored}
    undone = {event.reverses: event for event in events.values() if isinstance(event, Reversed)}
    by_id = {event.event_id: event for event in events.values()}
    told: list[tuple[date, int, dict[str, Any]]] = []
    for each in stored:
        event = events[each.event_id]
        if event.on <= state.as_of:
            taken = undone.get(event.event_id)
            line = _line(each, event, by_id=by_id, undone_on=taken.on if taken else None)
            effects = [effect for effect in state.timeline if effect.event_id == event.event_id]
            told += [(event.on, each.seq, line | _effect(effect)) for effect in effects]
            told += [] if effects else [(event.on, each.seq, line)]
    told += [(row.payable_until + DAY, 0, _late(row)) for row in state.rows if _was_late(row, state.as_of)]
    return [line for _, _, line in sorted(told, key=lambda entry: entry[:2])]


def _line(each: LoanEvent, event: Event, *, by_id: Mapping[str, Event], undone_on: date | None) -> dict[str, Any]:
    return {
        "event_id": event.event_id,
        "on": event.on.isoformat(),
        "what": what_of(event, kind=each.kind),
        "amount_minor": getattr(event, "amount_minor", 0),
        "parts": parts_shown(Parts()),
        "overpaid_minor": 0,
        "balance_minor": None,
        "recorded_at": each.recorded_at.isoformat(),
        "undone_on": undone_on.isoformat() if undone_on else None,
        "details": _details(**_of_event(event, by_id)),
    }


def what_of(event: Event, *, kind: str) -> str:
    """The word for an event: for money where it came from, for a charge what was charged."""
    if isinstance(event, Repaid):
        return event.source.value
    if isinstance(event, Charged):
        return event.component.name.lower()
    return _WHATS.get(kind, kind)


def _of_event(event: Event, by_id: Mapping[str, Event]) -> dict[str, Any]:
    match event:
        case RateChanged():
            return {"rate_per_year": f"{event.rate_per_year:f}", "from_on": event.from_on}
        case InterestPaused():
            return {"from_on": event.start_on, "until_on": event.end_on}
        case ReAged():
            return {"from_on": event.start_on, "instalment_count": event.instalment_count}
        case Waived():
            return {"component": event.component.name.lower()}
        case Reversed():
            gone = by_id[event.reverses]
            return {"undoes": what_of(gone, kind=_kind(gone)), "undoes_on": gone.on}
        case _:
            names = ("due_on", "new_due_on")
            return {name: getattr(event, name) for name in names if hasattr(event, name)}


def _kind(event: Event) -> str:
    name = type(event).__name__
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name).lstrip("_")


def _details(**values: Any) -> dict[str, Any]:
    given = {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}
    return dict.fromkeys(_DETAILS) | given


def _effect(effect: Effect) -> dict[str, Any]:
    return {
        "what": effect.what,
        "amount_minor": effect.amount_minor,
        "parts": parts_shown(effect.parts),
        "overpaid_minor": effect.overpaid_minor,
        "balance_minor": effect.balance_minor,
    }


def _was_late(row: InstalmentState, as_of: date) -> bool:
    ended_on = row.paid_on or as_of
    return bool(row.due.total) and row.payable_until < min(ended_on, as_of)


def _late(row: InstalmentState) -> dict[str, Any]:
    return {
        "event_id": None,
        "on": (row.payable_until + DAY).isoformat(),
        "what": "late",
        "amount_minor": row.due.penalty,
        "parts": parts_shown(Parts(0, 0, 0, row.due.penalty)),
        "overpaid_minor": 0,
        "balance_minor": None,
        "recorded_at": None,
        "undone_on": None,
        "details": _details(instalment=row.number, due_on=row.due_on),
    }


def parts_shown(parts: Parts) -> dict[str, int]:
    """An amount by component."""
    return {
        "principal_minor": parts.principal,
        "interest_minor": parts.interest,
        "fee_minor": parts.fee,
        "penalty_minor": parts.penalty,
        "total_minor": parts.total,
    }
