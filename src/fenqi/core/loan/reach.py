"""On which days a loan can be looked at."""

from datetime import date

from fenqi.core.loan.agreement import Agreement
from fenqi.core.refusal import Refusal

YEARS = 30
"""Longer than any plan and any record is kept."""


class DayOutOfReach(Refusal):
    """On that day the loan had not been agreed, or nobody looks so far ahead."""

    code = "day_out_of_reach"


def require_day(agreement: Agreement, on: date, *, from_on: date | None = None) -> date:
    """A day on which a loan can be looked at: from the day it was signed, or a later one, on.

    Raises: DayOutOfReach.
    """
    first = max(agreement.signed_on, from_on or agreement.signed_on)
    last = agreement.signed_on.replace(year=agreement.signed_on.year + YEARS, day=1)
    if not first <= on <= last:
        raise DayOutOfReach(f"the loan on {on}", allowed=f"{first} to {last}")
    return on
