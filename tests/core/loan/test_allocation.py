"""Which dues money discharges: oldest first, in the order of the agreement."""

from datetime import date, timedelta

from loans import START, agreement, drawn, paid

from fenqi.core.loan.component import Component
from fenqi.core.loan.event import Charged
from fenqi.core.loan.policy import AllocationRule, FutureRule, Recalculation
from fenqi.core.loan.replay import replay

FIRST_DUE, SECOND_DUE = date(2026, 2, 28), date(2026, 3, 31)
LATE = SECOND_DUE + timedelta(days=1)


def penalties(*days):
    return [
        Charged(
            event_id=f"penalty {seq}", on=START, seq=-seq, component=Component.PENALTY, due_on=day, amount_minor=10_00
        )
        for seq, day in enumerate(days, 1)
    ]


def loan(future=FutureRule.NEXT, **policy):
    return agreement(
        rate="0", count=3, default=AllocationRule(future=future), recalculation=Recalculation.NONE, **policy
    )


def paid_totals(terms, *events, as_of):
    events = [drawn(300_00), *events]
    return [row.paid.total for row in replay(terms, events, as_of=as_of).rows]


def test_the_oldest_instalment_is_paid_first():
    assert paid_totals(loan(), paid(150_00, LATE), as_of=LATE) == [100_00, 50_00, 0]


def test_money_in_advance_goes_to_the_next_instalment():
    assert paid_totals(loan(), paid(150_00, START), as_of=START) == [100_00, 50_00, 0]


def test_money_in_advance_can_go_to_the_last_instalment():
    assert paid_totals(loan(FutureRule.LAST), paid(150_00, START), as_of=START) == [0, 50_00, 100_00]


def test_money_in_advance_can_be_spread_and_the_last_takes_the_rest():
    assert paid_totals(loan(FutureRule.SPREAD), paid(100_00, START), as_of=START) == [33_33, 33_33, 33_34]


def test_what_one_instalment_cannot_take_goes_to_the_others():
    events = [paid(90_00, START), paid(100_00, START, seq=2)]
    assert paid_totals(loan(FutureRule.SPREAD), *events, as_of=START) == [63_33, 63_33, 63_34]
    first = paid_totals(loan(), paid(95_00, START), as_of=START)
    assert first == [95_00, 0, 0]


def test_horizontally_one_instalment_is_paid_whole_before_the_next():
    events = [drawn(300_00), *penalties(FIRST_DUE, SECOND_DUE), paid(15_00, LATE)]
    rows = replay(loan(), events, as_of=LATE).rows
    assert [(row.paid.penalty, row.paid.principal) for row in rows[:2]] == [(10_00, 5_00), (0, 0)]


def test_vertically_one_component_of_all_is_paid_before_the_next():
    events = [drawn(300_00), *penalties(FIRST_DUE, SECOND_DUE), paid(25_00, LATE)]
    rows = replay(loan(vertical=True), events, as_of=LATE).rows
    assert [(row.paid.penalty, row.paid.principal) for row in rows[:2]] == [(10_00, 5_00), (10_00, 0)]
