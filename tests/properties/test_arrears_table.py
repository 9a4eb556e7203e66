"""How late many loans are is what each loan's replay says."""

from datetime import date, timedelta
from decimal import Decimal

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from fenqi.core.loan.agreement import Agreement
from fenqi.core.loan.arrears_table import DueTable, LateRule, arrears_many
from fenqi.core.loan.event import Disbursed, Repaid
from fenqi.core.loan.policy import Policy
from fenqi.core.loan.replay import replay
from fenqi.core.loan.steady import is_steady
from fenqi.core.product.terms import Method, Rounding, Terms

START = date(2026, 1, 31)
DAYS = st.integers(0, 250).map(lambda days: START + timedelta(days=days))
AGREEMENTS = st.builds(
    lambda method, count, rounding, late_rate, rolls: Agreement(
        terms=Terms(method=method, rate_per_year=Decimal("0.144"), instalment_count=count, rounding=rounding),
        currency="CNY",
        limit_minor=10**7,
        signed_on=START,
        policy=Policy(late_rate_per_day=late_rate, rolls_holidays=rolls),
    ),
    method=st.sampled_from([Method.EQUAL_INSTALMENT, Method.FLAT_FEE, Method.INTEREST_ONLY]),
    count=st.integers(1, 8),
    rounding=st.sampled_from([Rounding.HALF_UP, Rounding.DOWN]),
    late_rate=st.sampled_from([Decimal(0), Decimal("0.0005"), Decimal("0.0004315")]),
    rolls=st.booleans(),
)
LOANS = st.tuples(
    AGREEMENTS, st.integers(1000, 900_000), st.lists(st.tuples(DAYS, st.integers(100, 200_000)), max_size=5), DAYS
)


def booked(agreement, principal_minor, payments, as_of):
    """A loan's events, and how it stood on a day by which all of them had happened."""
    events = [Disbursed(event_id="0", on=START, seq=0, amount_minor=principal_minor)]
    for seq, (on, minor) in enumerate(payments, 1):
        events.append(Repaid(event_id=str(seq), on=min(on, as_of), seq=seq, amount_minor=minor))
    return events, replay(agreement, events, as_of=as_of)


def due_table(states):
    """The instalments of all loans in columns."""
    rows = [(place, row) for place, state in enumerate(states) for row in state.rows]
    columns = zip(
        *(
            (
                place,
                row.due_on.toordinal(),
                row.payable_until.toordinal(),
                row.outstanding.total,
                row.outstanding.principal,
                row.late_weight,
                row.late_from_on.toordinal(),
            )
            for place, row in rows
        ),
        strict=True,
    )
    return DueTable(*(np.array(column, dtype=np.int64) for column in columns))


def late_rule(agreements):
    """The late charges of all loans in columns."""
    ratios = [agreement.policy.late_rate_per_day.as_integer_ratio() for agreement in agreements]
    truncates = [agreement.terms.rounding is Rounding.DOWN for agreement in agreements]
    return LateRule(
        np.array([numerator for numerator, _ in ratios], dtype=np.int64),
        np.array([denominator for _, denominator in ratios], dtype=np.int64),
        np.array(truncates, dtype=np.bool_),
    )


@settings(max_examples=80, deadline=None)
@given(loans=st.lists(LOANS, min_size=1, max_size=5), later=st.integers(0, 120))
def test_tells_of_each_loan_how_late_it_is(loans, later):
    played = [(agreement, *booked(agreement, minor, payments, on)) for agreement, minor, payments, on in loans]
    played = [(agreement, events, state) for agreement, events, state in played if is_steady(agreement, events, state)]
    if not played:
        return
    on = max(state.as_of for _, _, state in played) + timedelta(days=later)
    found = arrears_many(
        due_table([state for _, _, state in played]),
        late_rule([agreement for agreement, _, _ in played]),
        on=on.toordinal(),
    )
    for place, (agreement, events, state) in enumerate(played):
        then = replay(agreement, events, as_of=on)
        assert found.days_past_due[place] == then.days_past_due
        assert found.overdue_minor[place] == then.overdue.total
        assert found.late_minor[place] == then.outstanding.penalty - state.outstanding.penalty
