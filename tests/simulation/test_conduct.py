"""How conduct becomes payments, and payments become arrears."""

from datetime import date
from types import SimpleNamespace

import pytest

from fenqi.simulation.arrears import Arrears, arrears_on, days_past_due
from fenqi.simulation.behaviour import Conduct, MonthBehaviour, Origin
from fenqi.simulation.conduct import month_end, pays_on

JULY, AUGUST, SEPTEMBER = date(2025, 7, 1), date(2025, 8, 1), date(2025, 9, 1)
TWO_INSTALMENTS = SimpleNamespace(shown={"rows": [{"due_on": "2025-07-30"}, {"due_on": "2025-08-30"}]})


def days_of_payment(conduct, month):
    behaviour = MonthBehaviour(month, conduct, Origin.TAIWAN)
    days = (month.replace(day=day) for day in range(1, month_end(month).day + 1))
    return [day.day for day in days if pays_on(day, TWO_INSTALMENTS, behaviour)]


@pytest.mark.parametrize(
    ("conduct", "month", "days"),
    [
        (Conduct.PAYS, JULY, [30]),
        (Conduct.PAYS_ALL_ARREARS, AUGUST, [30]),
        (Conduct.CATCHES_UP, AUGUST, [15]),
        (Conduct.MISSES, AUGUST, []),
        (Conduct.PAYS, SEPTEMBER, []),
        (Conduct.PAYS_ALL_ARREARS, SEPTEMBER, [15]),
    ],
)
def test_pays_on_the_due_day_and_catches_up_in_the_middle_of_a_month(conduct, month, days):
    assert days_of_payment(conduct, month) == days


def loan(*paid_on):
    due = ("2025-07-30", "2025-08-30", "2025-09-30")
    return {"instalments": [{"due_on": day, "paid_on": paid} for day, paid in zip(due, paid_on, strict=True)]}


def test_an_instalment_unpaid_on_its_day_is_a_day_late_when_the_day_is_over():
    assert days_past_due(loan(None, None, None), on=date(2025, 7, 30)) == 1


def test_the_past_is_told_from_the_days_of_payment():
    caught_up = loan("2025-08-30", "2025-08-30", None)

    assert days_past_due(caught_up, on=date(2025, 8, 29)) == 31
    assert days_past_due(caught_up, on=date(2025, 8, 31)) == 0


def test_every_loan_is_in_one_bucket():
    loans = [
        loan("2025-07-30", "2025-08-30", "2025-09-30"),
        loan("2025-07-30", "2025-08-30", None),
        loan("2025-07-30", None, None),
        loan(None, None, None),
    ]

    counted = arrears_on(loans, date(2025, 9, 30))

    assert counted == {
        Arrears.CLOSED: 1,
        Arrears.CURRENT: 0,
        Arrears.UP_TO_30: 1,
        Arrears.UP_TO_60: 1,
        Arrears.UP_TO_90: 1,
        Arrears.OVER_90: 0,
    }
