"""Amounts in minor units: read, written, and the one place where a fraction of one is rounded."""

import re
from collections.abc import Collection, Mapping
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import ClassVar

from fenqi.core.refusal import Refusal

MINOR_DIGITS: Mapping[str, int] = {
    "CNY": 2,
    "AUD": 2,
    "CAD": 2,
    "CHF": 2,
    "EUR": 2,
    "GBP": 2,
    "HKD": 2,
    "INR": 2,
    "JPY": 0,
    "KRW": 0,
    "KWD": 3,
    "MXN": 2,
    "MYR": 2,
    "SGD": 2,
    "TWD": 2,
    "USD": 2,
}
"""Decimals of each known currency. Source: ISO 4217."""

MARKET: tuple[str, ...] = ("CNY",)
"""The currencies that loans are made in."""

AMOUNT_MAX_MINOR = 10**15
"""Beyond any price; keeps every sum of amounts inside 64 bits."""

_AMOUNT = re.compile(r"[+-]?[0-9]{1,32}(?:\.[0-9]{1,32})?")


class CurrencyUnknown(Refusal):
    """Nobody here knows this currency, or lends in it."""

    code: ClassVar[str] = "currency_unknown"


class AmountUnreadable(Refusal):
    """The text is not an amount of money."""

    code: ClassVar[str] = "amount_unreadable"


class AmountTooFine(Refusal):
    """The amount has a fraction of a minor unit, which nobody can pay."""

    code: ClassVar[str] = "amount_too_fine"


class AmountOutOfRange(Refusal):
    """The amount is negative, or larger than any price."""

    code: ClassVar[str] = "amount_out_of_range"


class Rounding(StrEnum):
    """What happens to the part of a minor unit that cannot be paid."""

    HALF_UP = "half_up"
    """To the nearest; a tie goes away from zero. The product's own plans."""
    HALF_EVEN = "half_even"
    """To the nearest; a tie goes to the even one, so that ties do not drift in one direction."""
    DOWN = "down"
    """Towards zero: what is charged never exceeds the exact amount."""


def round_ratio(numerator: int, denominator: int, rounding: Rounding) -> int:
    """Round numerator ÷ denominator to a whole number; the denominator is positive."""
    if numerator < 0:
        return -round_ratio(-numerator, denominator, rounding)
    if rounding is Rounding.HALF_UP:
        return (2 * numerator + denominator) // (2 * denominator)
    whole, rest = divmod(numerator, denominator)
    if rounding is Rounding.DOWN:
        return whole
    if 2 * rest > denominator or (2 * rest == denominator and whole & 1):
        return whole + 1
    return whole


def round_minor(value: Decimal | Fraction, rounding: Rounding) -> int:
    """Round an exact number of minor units to whole ones."""
    numerator, denominator = value.as_integer_ratio()
    return round_ratio(numerator, denominator, rounding)


def require_currency(currency: str, *, among: Collection[str] = MARKET) -> str:
    """Refuse a currency in which no loan is made.

    Raises: CurrencyUnknown.
    """
    if currency not in among:
        raise CurrencyUnknown(f"the currency {currency!r} is not known", allowed=", ".join(among))
    return currency


def parse_minor(text: str, *, currency: str = "CNY") -> int:
    """Read an amount written as a decimal number, exactly: 5999, 5999.5 or 5999.00.

    Zeros beyond the currency's decimals are harmless, digits are not.

    Units: minor units, from 0 to AMOUNT_MAX_MINOR.
    Raises: CurrencyUnknown, AmountUnreadable, AmountTooFine, AmountOutOfRange.
    """
    digits = MINOR_DIGITS[require_currency(currency, among=MINOR_DIGITS)]
    if not _AMOUNT.fullmatch(text):
        raise AmountUnreadable(f"{text!r} is not an amount", allowed="a decimal number such as 5999 or 5999.00")
    amount, per_unit = Fraction(text) * 10**digits, 10**digits
    if amount.denominator != 1:
        raise AmountTooFine(f"{text} {currency} has a fraction of a minor unit", allowed=_decimals(digits))
    if not 0 <= amount <= AMOUNT_MAX_MINOR:
        raise AmountOutOfRange(f"an amount of {text} {currency}", allowed=f"0 to {AMOUNT_MAX_MINOR // per_unit}")
    return int(amount)


def amount_text(amount_minor: int, *, currency: str = "CNY", grouped: bool = False) -> str:
    """Write an amount in the currency's own unit: 5999.00, or 5,999.00 for people.

    Raises: CurrencyUnknown.
    """
    digits = MINOR_DIGITS[require_currency(currency, among=MINOR_DIGITS)]
    exact = Decimal((int(amount_minor < 0), tuple(int(digit) for digit in str(abs(amount_minor))), -digits))
    return f"{exact:,f}" if grouped else f"{exact:f}"


def _decimals(digits: int) -> str:
    return f"at most {digits} decimals" if digits else "whole amounts"
