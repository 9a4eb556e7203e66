"""Rates as exact decimals: a share of 1 in the core, percent where people read it."""

import re
from decimal import Decimal
from typing import ClassVar

from fenqi.core.refusal import Refusal

_RATE = re.compile(r"[+-]?(?:[0-9]{1,12}(?:\.[0-9]{0,30})?|\.[0-9]{1,30})")


class RateUnreadable(Refusal):
    """The text is not a rate."""

    code: ClassVar[str] = "rate_unreadable"


def parse_rate(text: str) -> Decimal:
    """Read a rate written as a share: 0.12 for 12 %; its range is for whoever uses it to judge.

    Raises: RateUnreadable.
    """
    if not _RATE.fullmatch(text):
        raise RateUnreadable(f"{text!r} is not a rate", allowed="a decimal share such as 0.12 for 12 %")
    return Decimal(text)


def percent_text(percent: Decimal) -> str:
    """A percentage without trailing zeros: 24, 12.5."""
    shown = f"{percent:f}"
    return shown.rstrip("0").rstrip(".") if "." in shown else shown
