"""Reading the values of a case: amounts, days and keys that must be known."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

from fenqi.cases.outcome import Unsupported

Json = Mapping[str, Any]
T = TypeVar("T")


def refuse_unknown(values: Json, known: Collection[str], what: str) -> None:
    """Hold a case to the keys that are known; keys that start with an underscore are remarks."""
    for key in values:
        if key not in known and not key.startswith("_"):
            raise Unsupported(f"{what} {key}")


def choose(table: Mapping[Any, T], value: Any, what: str) -> T:
    """Translate a named value."""
    if not isinstance(value, str | bool | int | None) or value not in table:
        raise Unsupported(f"{what} {value}")
    return table[value]


def read_decimal(value: Any, what: str) -> Decimal:
    """Read an exact number."""
    try:
        number = Decimal(str(value))
    except InvalidOperation as unreadable:
        raise Unsupported(f"{what} {value}") from unreadable
    if not number.is_finite():
        raise Unsupported(f"{what} {value}")
    return number


def read_minor(value: Any, decimals: int, what: str) -> int:
    """Read an amount that is whole in minor units."""
    minor = read_decimal(value, what).scaleb(decimals)
    if minor != minor.to_integral_value():
        raise Unsupported(f"{what} {value}")
    return int(minor)


def read_day(value: Any, what: str) -> date:
    """Read a day, as 2023-09-01 or as 01 September 2023."""
    text = str(value)
    for pattern in ("%Y-%m-%d", "%d %B %Y"):
        try:
            return datetime.strptime(text, pattern).date()  # noqa: DTZ007 — a day has no zone
        except ValueError:
            continue
    raise Unsupported(f"{what} {value}")


def read_count(value: Any, what: str) -> int:
    """Read a whole number."""
    number = read_decimal(value, what)
    if number != number.to_integral_value():
        raise Unsupported(f"{what} {value}")
    return int(number)
