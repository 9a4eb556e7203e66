"""Categories, stages and provisions by days past due."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fenqi.core.loan.classification import Category, risk_rules
from fenqi.stores.shipped import load_rulepack

RULES = risk_rules(load_rulepack(), on=date(2026, 9, 1))


@pytest.mark.parametrize(
    ("days", "category"),
    [
        (0, Category.NORMAL),
        (1, Category.SPECIAL_MENTION),
        (90, Category.SPECIAL_MENTION),
        (91, Category.SUBSTANDARD),
        (270, Category.SUBSTANDARD),
        (271, Category.DOUBTFUL),
        (360, Category.DOUBTFUL),
        (361, Category.LOSS),
    ],
)
def test_the_category_by_days_past_due(days: int, category: Category):
    """商业银行金融资产风险分类办法: overdue, more than 90, 270 and 360 days."""
    assert RULES.category(days) is category


@pytest.mark.parametrize(("days", "stage"), [(0, 1), (30, 1), (31, 2), (90, 2), (91, 3), (400, 3)])
def test_the_stage_by_days_past_due(days: int, stage: int):
    assert RULES.stage(days) == stage


@pytest.mark.parametrize(("stage", "expected"), [(1, 45_000), (2, 337_500), (3, 750_000)])
def test_what_is_set_aside_for_a_million(stage: int, expected: int):
    """1,000,000 × 6 % × 75 %; × 45 % × 75 %; × 100 % × 75 %."""
    assert RULES.provision_minor(1_000_000, stage=stage) == expected


@given(st.integers(0, 10**12), st.integers(0, 1000), st.integers(0, 1000))
def test_a_later_loan_is_never_better_and_never_costs_less(owed_minor: int, days: int, more: int):
    order = list(Category)
    assert order.index(RULES.category(days)) <= order.index(RULES.category(days + more))
    earlier, later = RULES.stage(days), RULES.stage(days + more)
    assert earlier <= later
    assert (
        0
        <= RULES.provision_minor(owed_minor, stage=earlier)
        <= RULES.provision_minor(owed_minor, stage=later)
        <= owed_minor
    )
