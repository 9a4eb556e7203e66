"""A loan of 24 instalments, recalculated daily, to which 60 things have happened.

Of them 6 are payments that came early, 6 that came late, 2 partial refunds, 1 reversal of an old payment and 1 change
of the rate.
"""

from datetime import date, timedelta
from decimal import Decimal

from fenqi.core.loan.agreement import Agreement
from fenqi.core.loan.event import Disbursed, RateChanged, Repaid, Reversed, Source
from fenqi.core.loan.policy import Policy, Recalculation
from fenqi.core.product.schedule import plan
from fenqi.core.product.terms import DayCount, Method, Terms

START_ON, AS_OF = date(2024, 1, 15), date(2026, 2, 1)
TERMS = Terms(
    method=Method.EQUAL_INSTALMENT,
    rate_per_year=Decimal("0.144"),
    instalment_count=24,
    day_count=DayCount.ACTUAL_365,
)
POLICY = Policy(recalculation=Recalculation.FULL, late_rate_per_day=Decimal("0.0005"))
EARLY, LATE = range(2, 8), range(12, 18)
IN_THREE_PARTS = 7
EVENT_COUNT = 60


def loan(principal_minor=1_200_000):
    """The agreement, and what happened."""
    agreement = Agreement(terms=TERMS, currency="CNY", limit_minor=principal_minor, signed_on=START_ON, policy=POLICY)
    rows = plan(TERMS, principal_minor=principal_minor, start_on=START_ON).rows
    happened = [(Disbursed, START_ON, {"amount_minor": principal_minor})]
    for row in rows:
        parts = 3 if row.instalment <= IN_THREE_PARTS else 2
        for part in range(parts):
            days = -5 if part == 0 and row.instalment in EARLY else 5 if part == 1 and row.instalment in LATE else 0
            minor = row.total_minor // parts
            happened.append((Repaid, row.due_on + timedelta(days=days), {"amount_minor": minor}))
    for month in (9, 20):
        refund = {"amount_minor": principal_minor // 50, "source": Source.MERCHANT_REFUND}
        happened.append((Repaid, rows[month].due_on + timedelta(days=3), refund))
    changed_on = rows[10].due_on + timedelta(days=9)
    happened.append((RateChanged, changed_on, {"rate_per_year": Decimal("0.12"), "from_on": changed_on}))
    happened.append((Reversed, rows[22].due_on, {"reverses": "9"}))
    events = [kind(event_id=str(seq), on=on, seq=seq, **values) for seq, (kind, on, values) in enumerate(happened)]
    assert len(events) == EVENT_COUNT
    return agreement, events
