"""Amounts of money as requests give them."""

from decimal import Decimal, InvalidOperation
from typing import Annotated, Any

from pydantic import BeforeValidator

from fenqi.core.money.amount import AMOUNT_MAX_MINOR, AmountOutOfRange, AmountTooFine, AmountUnreadable


def _whole(value: Any) -> int:
    """An amount in whole minor units: a cent has no parts.

    Raises: AmountUnreadable, AmountTooFine, AmountOutOfRange.
    """
    try:
        exact = Decimal(str(value)) if isinstance(value, int | float | str) and not isinstance(value, bool) else None
    except InvalidOperation:
        exact = None
    if exact is None or not exact.is_finite():
        raise AmountUnreadable("that is no amount", allowed="a whole number of minor units, such as 599900")
    if not 0 <= exact <= AMOUNT_MAX_MINOR:
        raise AmountOutOfRange("an amount below nothing or above any price", allowed=f"0 to {AMOUNT_MAX_MINOR}")
    if exact != exact.to_integral_value():
        raise AmountTooFine("the amount has a fraction of a minor unit", allowed="whole minor units")
    return int(exact)


def _positive(value: int) -> int:
    if value == 0:
        raise AmountOutOfRange("an amount of nothing", allowed=f"1 to {AMOUNT_MAX_MINOR}")
    return value


AmountOrNothingMinor = Annotated[int, BeforeValidator(_whole)]
AmountMinor = Annotated[int, BeforeValidator(lambda value: _positive(_whole(value)))]
