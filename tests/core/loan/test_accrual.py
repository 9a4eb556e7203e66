"""The late rate is the lowest of what contract, law and cap allow."""

from decimal import Decimal

import pytest

from fenqi.core.loan.accrual import late_rate_per_day

LAW = {"multiple_max": Decimal("1.5"), "cap_per_year": Decimal("0.24")}


@pytest.mark.parametrize(
    ("contract", "rate", "allowed"),
    [
        ("0.0005", "0.18", "0.0005"),
        ("0.0005", "0.06", "0.00025"),
        ("0.0009", "0.24", "0.0006666666"),
        ("0.0005", "0", "0.0005"),
    ],
    ids=["the contract's", "half as much again as the plan's", "the cap's", "the penalty of a plan without interest"],
)
def test_the_lowest_bound_decides(contract, rate, allowed):
    got = late_rate_per_day(contract_per_day=Decimal(contract), rate_per_year=Decimal(rate), **LAW)
    assert got == Decimal(allowed)
