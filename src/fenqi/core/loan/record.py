"""Agreements and events as plain records, the form in which they are stored for ten years."""

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from types import MappingProxyType, NoneType, UnionType
from typing import Any, Literal, cast, get_args, get_origin, get_type_hints

from fenqi.core.loan.agreement import Agreement
from fenqi.core.loan.component import Component
from fenqi.core.loan.event import (
    CashRefunded,
    Charged,
    ChargedBack,
    ChargedOff,
    CreditBalanceRefunded,
    Disbursed,
    DueDateMoved,
    Event,
    FraudCleared,
    FraudFlagged,
    InterestPaused,
    LateChargePaused,
    LateChargeResumed,
    RateChanged,
    ReAged,
    ReAmortised,
    Repaid,
    Reversed,
    Waived,
    Withdrawn,
)
from fenqi.core.refusal import Kind, Refusal

VERSION = 1

EventName = Literal[
    "disbursed", "repaid", "withdrawn", "cash_refunded", "credit_balance_refunded", "charged_back", "charged", "waived",
    "charged_off", "rate_changed", "due_date_moved", "interest_paused", "late_charge_paused", "late_charge_resumed",
    "fraud_flagged", "fraud_cleared", "re_aged", "re_amortised", "reversed",
]  # fmt: skip
"""The kinds of events, as they are stored."""
_EVENTS: dict[str, type[Event]] = {
    "disbursed": Disbursed,
    "repaid": Repaid,
    "withdrawn": Withdrawn,
    "cash_refunded": CashRefunded,
    "credit_balance_refunded": CreditBalanceRefunded,
    "charged_back": ChargedBack,
    "charged": Charged,
    "waived": Waived,
    "charged_off": ChargedOff,
    "rate_changed": RateChanged,
    "due_date_moved": DueDateMoved,
    "interest_paused": InterestPaused,
    "late_charge_paused": LateChargePaused,
    "late_charge_resumed": LateChargeResumed,
    "fraud_flagged": FraudFlagged,
    "fraud_cleared": FraudCleared,
    "re_aged": ReAged,
    "re_amortised": ReAmortised,
    "reversed": Reversed,
}
_NAMES = {kind: name for name, kind in _EVENTS.items()}

Record = Mapping[str, Any]


class RecordUnreadable(Refusal):
    """A stored record is of a version or kind that this release does not know, or lacks a field."""

    code = "loan_record_unreadable"
    kind = Kind.CONFLICT


def event_to_record(event: Event) -> dict[str, Any]:
    """Write an event as values that JSON can hold."""
    return {"version": VERSION, "event": _NAMES[type(event)], **_plain(event)}


def event_from_record(record: Record) -> Event:
    """Read an event as it was recorded.

    Raises: RecordUnreadable.
    """
    kind = _EVENTS.get(str(record.get("event")))
    if kind is None:
        raise RecordUnreadable(f"a loan event {record.get('event')}", allowed=", ".join(_EVENTS))
    return _read(kind, record)


def agreement_to_record(agreement: Agreement) -> dict[str, Any]:
    """Write an agreement as values that JSON can hold."""
    return {"version": VERSION, **_plain(agreement)}


def agreement_from_record(record: Record) -> Agreement:
    """Read an agreement as it was recorded.

    Raises: RecordUnreadable.
    """
    return _read(Agreement, record)


def _read(kind: type[Any], record: Record) -> Any:
    if record.get("version") != VERSION:
        raise RecordUnreadable(f"a record of version {record.get('version')}", allowed=f"version {VERSION}")
    try:
        return _built(kind, record)
    except (KeyError, TypeError, ValueError, ArithmeticError) as unreadable:
        raise RecordUnreadable(f"a record of {kind.__name__}: {unreadable}") from unreadable


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Component):
        return value.name.lower()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, Mapping):
        return {_plain(key): _plain(item) for key, item in cast("Mapping[Any, Any]", value).items()}
    if isinstance(value, tuple):
        return [_plain(item) for item in cast("tuple[Any, ...]", value)]
    return value


@cache
def _hints(kind: type[Any]) -> dict[str, Any]:
    return get_type_hints(kind)


def _built(kind: Any, value: Any) -> Any:
    """Build a value of a type from its plain form; a term that came later than a record has its default there."""
    if is_dataclass(kind):
        hints = _hints(cast("type[Any]", kind))
        known = {name: _built(hint, value[name]) for name, hint in hints.items() if name in value}
        return cast("type[Any]", kind)(**known)
    origin = get_origin(kind)
    if origin is not None:
        return _built_of(origin, get_args(kind), value)
    if isinstance(kind, type) and issubclass(kind, Component):
        return Component[value.upper()]
    reader = _READERS.get(kind)
    return reader(value) if reader else kind(value)


def _built_of(origin: Any, arguments: tuple[Any, ...], value: Any) -> Any:
    if origin is UnionType:
        return None if value is None else _built(next(kind for kind in arguments if kind is not NoneType), value)
    if origin is tuple:
        kinds = [arguments[0]] * len(value) if Ellipsis in arguments else arguments
        return tuple(_built(kind, item) for kind, item in zip(kinds, value, strict=True))
    key_kind, item_kind = arguments
    return MappingProxyType({_built(key_kind, key): _built(item_kind, item) for key, item in value.items()})


_READERS: dict[Any, Callable[[Any], Any]] = {date: date.fromisoformat, Decimal: Decimal, bool: bool}
