"""What a loan costs a year from its first draw to its last instalment, as it was paid and as it is to be paid."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from fenqi.core.loan.event import Source
from fenqi.core.loan.state import LoanState
from fenqi.core.product.irr import Flow, irr

_PAID_BY = frozenset({Source.CUSTOMER, Source.DOWN_PAYMENT, Source.MERCHANT_REFUND, Source.PAYOUT_REFUND})
_PERCENT_STEP = Decimal("1e-8")
_MONTHS_PER_YEAR = 12
_DAYS_PER_MONTH = 30


def annual_percent(state: LoanState) -> Decimal:
    """The yearly cost of a loan: internal rate of return a month × 12, every payment on its own day.

    Months count as equal, days between as thirtieths of one; what was forgiven was not paid, what is late is paid
    today.

    Raises: RateUndefined if nothing was drawn.
    Source: 公告〔2021〕第3号, for the months.
    """
    begins = min((draw.on for draw in state.draws), default=state.as_of)
    advances = [Flow(_months(begins, draw.on), Fraction(draw.amount_minor)) for draw in state.draws]
    paid = [
        Flow(_months(begins, effect.on), Fraction(effect.amount_minor - effect.overpaid_minor))
        for effect in state.timeline
        if effect.what in _PAID_BY and effect.amount_minor > effect.overpaid_minor
    ]
    to_come = [
        Flow(_months(begins, max(row.due_on, state.as_of)), Fraction(row.outstanding.total))
        for row in state.rows
        if row.outstanding.total
    ]
    monthly = irr(advances, [*paid, *to_come])
    return max(Decimal(0), Decimal(monthly * _MONTHS_PER_YEAR * 100).quantize(_PERCENT_STEP, rounding="ROUND_HALF_UP"))


def _months(begins: date, day: date) -> Fraction:
    whole = (day.year - begins.year) * _MONTHS_PER_YEAR + day.month - begins.month
    return Fraction(whole) + Fraction(day.day - begins.day, _DAYS_PER_MONTH)
