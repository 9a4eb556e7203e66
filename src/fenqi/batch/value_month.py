"""What every open loan was worth at the end of a month, bucket by bucket, after the month's last day is closed."""

from collections.abc import Sequence

import structlog

from fenqi.batch.close_day import FAILURES
from fenqi.services.value_loans import value_loans
from fenqi.stores import valuation
from fenqi.stores.valuation import UnvaluedMonth
from fenqi.wiring import Installation

_log = structlog.get_logger()


async def value_months(installation: Installation, *, lane: Sequence[int]) -> int:
    """Value whatever month is closed and not valued; how many buckets that were.

    Each in a transaction of its own: killed at any instant, a bucket's month is valued or it is not.
    """
    async with installation.reading() as connection:
        waiting = await valuation.unvalued(connection, lane=lane)
    return sum([await _is_valued(installation, month) for month in waiting])


async def _is_valued(installation: Installation, month: UnvaluedMonth) -> bool:
    """A bucket that fails is told, and tried again the next time; the others do not wait for it."""
    try:
        return bool(await _value(installation, month))
    except FAILURES as failure:
        _log.warning("month not valued", bucket=month.b, month_on=month.month_on.isoformat(), what=str(failure))
        return False


async def _value(installation: Installation, month: UnvaluedMonth) -> int:
    async with installation.transaction() as connection:
        loan_ids = await valuation.loans_of_month(connection, b=month.b, day=month.month_on)
        valued = await value_loans(connection, b=month.b, loan_ids=loan_ids, on=month.month_on)
        is_first = await valuation.mark(
            connection,
            b=month.b,
            day=month.month_on,
            loan_count=len(valued),
            replayed_count=sum(loan.is_replayed for loan in valued),
            valued_at=installation.ports.business.now(),
        )
        if is_first:
            await valuation.add_values(
                connection,
                b=month.b,
                day=month.month_on,
                loan_ids=[loan.loan_id for loan in valued],
                interest_minor=[loan.interest_minor for loan in valued],
                fee_minor=[loan.fee_minor for loan in valued],
                payoff_minor=[loan.payoff_minor for loan in valued],
            )
    return is_first
