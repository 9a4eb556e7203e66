"""Room for a new instalment."""

from hypothesis import given
from hypothesis import strategies as st

from fenqi.core.customer.affordability import affordability_of, affordable_principal_minor

MONEY = st.integers(0, 10**9)


def test_half_of_income_less_what_is_already_owed():
    afford = affordability_of(
        monthly_income_minor=800_001, monthly_debt_service_minor=100_000, debt_service_percent_max=50
    )
    assert (afford.room_minor, afford.burden_percent) == (300_000, 13)
    assert affordable_principal_minor(afford.room_minor, tenor_months=12) == 3_600_000


def test_no_income_leaves_no_room():
    afford = affordability_of(monthly_income_minor=0, monthly_debt_service_minor=0, debt_service_percent_max=50)
    assert (afford.room_minor, afford.burden_percent) == (0, 100)


@given(income=MONEY, service=MONEY, more=st.integers(1, 10**6), percent=st.integers(1, 100))
def test_more_debt_never_leaves_more_room_and_all_of_it_stays_bearable(
    income: int, service: int, more: int, percent: int
):
    def room(debt_service: int) -> int:
        return affordability_of(
            monthly_income_minor=income,
            monthly_debt_service_minor=debt_service,
            debt_service_percent_max=percent,
        ).room_minor

    assert room(service + more) <= room(service)
    assert room(service) == 0 or (room(service) + service) * 100 <= income * percent
