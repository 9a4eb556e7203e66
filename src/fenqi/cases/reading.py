"""Reading the values of a case: amounts, days and keys that must be known."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

from fenqi.cases.outcome import Unsupported

Json = Mapping[str, Any]
T = TypeVar("T")


_LARGEST = Decimal(10) ** 15
_LARGEST_COUNT = 12_000
"""A thousand years in months: days beyond what a calendar can hold are nobody's loan."""
_YEARS = range(1900, 3000)


def read_object(value: Any, what: str) -> Json:
    """Read an object; nothing is an empty one."""
    if not isinstance(value, dict | None):
        raise Unsupported(f"{what} {value}")
    return value or {}  # pyright: ignore[reportUnknownVariableType]


def read_objects(value: Any, what: str) -> Sequence[Json]:
    """Read a list of objects; nothing is an empty one."""
    if not isinstance(value, list | None):
        raise Unsupported(f"{what} {value}")
    return [read_object(item, what) for item in value or ()]  # pyright: ignore[reportUnknownVariableType]


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
    if not number.is_finite() or abs(number) > _LARGEST:
        raise Unsupported(f"{what} {value}")
    return number


def read_minor(value: Any, decimals: int, what: str) -> int:
    """Read an amount that is whole in minor units and not negative."""
    minor = read_decimal(value, what).scaleb(decimals)
    if minor != minor.to_integral_value() or minor < 0:
        raise Unsupported(f"{what} {value}")
    return int(minor)


def read_day(value: Any, what: str) -> date:
    """Read a day, as 2023-09-01 or as 01 September 2023."""
    text = str(value)
    for pattern in ("%Y-%m-%d", "%d %B %Y"):
        try:
            day = datetime.strptime(text, pattern).date()  # noqa: DTZ007 — a day has no zone
        except ValueError:
            continue
        if day.year in _YEARS:
            return day
    raise Unsupported(f"{what} {value}")


def read_count(value: Any, what: str) -> int:
    """Read a whole number."""
    number = read_decimal(value, what)
    if number != number.to_integral_value() or not 0 <= number <= _LARGEST_COUNT:
        raise Unsupported(f"{what} {value}")
    return int(number)
