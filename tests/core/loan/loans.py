"""Loans to tell stories with."""

from datetime import date
from decimal import Decimal

from fenqi.core.loan.agreement import Agreement
from fenqi.core.loan.event import Disbursed, Repaid, Source
from fenqi.core.loan.policy import Policy
from fenqi.core.product.terms import Method, Terms

START = date(2026, 1, 31)
PRICE = 5_999_00


def agreement(*, method=Method.EQUAL_INSTALMENT, rate="0.12", count=12, late="0", **policy) -> Agreement:
    """A phone of 5,999 in monthly instalments."""
    return Agreement(
        terms=Terms(method=method, rate_per_year=Decimal(rate), instalment_count=count),
        currency="CNY",
        limit_minor=PRICE,
        signed_on=START,
        policy=Policy(late_rate_per_day=Decimal(late), **policy),
    )


def drawn(minor=PRICE, on=START) -> Disbursed:
    """The first event of a loan."""
    return Disbursed(event_id="draw", on=on, seq=0, amount_minor=minor)


def paid(minor, on, *, seq=1, source=Source.CUSTOMER, **values) -> Repaid:
    """Money that arrives on a day."""
    return Repaid(event_id=f"paid {seq}", on=on, seq=seq, amount_minor=minor, source=source, **values)
