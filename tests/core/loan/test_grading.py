"""Loans are graded by days past due, observation and the borrower's other loans."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fenqi.core.loan.classification import Category, Contagion, RiskRules, risk_rules
from fenqi.core.loan.grading import Exposure, Grade, Why, grades
from fenqi.stores.shipped import load_rulepack

ON = date(2026, 12, 31)
RULES = RiskRules(
    category_days=(1, 91, 271, 361),
    stage_days=(31, 91),
    default_permille=(60, 450, 1000),
    loss_permille=750,
    non_accrual_days=91,
    observed_days=365,
    observed_periods=2,
    contagion=Contagion(Category.SUBSTANDARD, Category.SPECIAL_MENTION),
)
LOAN = Exposure(loan_id=UUID(int=1), currency="CNY", days_past_due=0, principal_minor=100_000, receivable_minor=0)


def graded(**changed: object) -> Grade:
    (grade,) = grades([replace(LOAN, **changed)], RULES, on=ON)
    return grade


def what(grade: Grade) -> tuple[Category, int, Why]:
    return grade.category, grade.stage, grade.why


@pytest.mark.parametrize(
    ("days", "category", "stage", "provision_minor"),
    [
        (0, Category.NORMAL, 1, 4_500),
        (1, Category.SPECIAL_MENTION, 1, 4_500),
        (31, Category.SPECIAL_MENTION, 2, 33_750),
        (91, Category.SUBSTANDARD, 3, 75_000),
        (271, Category.DOUBTFUL, 3, 75_000),
        (361, Category.LOSS, 3, 75_000),
    ],
)
def test_days_past_due_make_category_stage_and_what_is_set_aside(
    days: int, category: Category, stage: int, provision_minor: int
):
    grade = graded(days_past_due=days)
    assert (what(grade), grade.provision_minor) == ((category, stage, Why.DAYS_PAST_DUE), provision_minor)


def test_from_91_days_on_what_is_earned_and_unpaid_is_not_counted():
    assert graded(days_past_due=90, receivable_minor=777).suspended_minor == 0
    late = graded(days_past_due=91, receivable_minor=777)
    assert (late.is_accruing, late.suspended_minor) == (False, 777)


def test_a_restructured_loan_is_observed_for_a_year_and_two_periods():
    changed = (ON - timedelta(days=364),)
    assert what(graded(restructured_on=changed, periods_met=9)) == (Category.SPECIAL_MENTION, 2, Why.OBSERVED)
    changed = (ON - timedelta(days=365),)
    assert what(graded(restructured_on=changed, periods_met=1)) == (Category.SPECIAL_MENTION, 2, Why.OBSERVED)
    assert what(graded(restructured_on=changed, periods_met=2)) == (Category.NORMAL, 1, Why.DAYS_PAST_DUE)


def test_one_restructured_again_while_observed_is_substandard():
    changed = (ON - timedelta(days=200), ON - timedelta(days=20))
    assert what(graded(restructured_on=changed)) == (Category.SUBSTANDARD, 3, Why.RESTRUCTURED_AGAIN)


def test_the_other_loans_of_a_borrower_follow_a_bad_one():
    bad, good = replace(LOAN, days_past_due=91), replace(LOAN, loan_id=UUID(int=2))
    first, second = grades([bad, good], RULES, on=ON)
    assert what(first) == (Category.SUBSTANDARD, 3, Why.DAYS_PAST_DUE)
    assert (what(second), second.provision_minor) == ((Category.SPECIAL_MENTION, 2, Why.FOLLOWS), 33_750)
    alone = grades([bad, good], replace(RULES, contagion=None), on=ON)
    assert what(alone[1]) == (Category.NORMAL, 1, Why.DAYS_PAST_DUE)


days = st.integers(0, 500)
loans = st.builds(
    Exposure,
    loan_id=st.uuids(),
    currency=st.just("CNY"),
    days_past_due=days,
    principal_minor=st.integers(0, 10**9),
    receivable_minor=st.integers(0, 10**7),
    restructured_on=st.lists(st.dates(date(2024, 1, 1), ON), max_size=3, unique=True).map(lambda on: tuple(sorted(on))),
    periods_met=st.integers(0, 5),
)


@given(st.lists(loans, min_size=1, max_size=4), days)
def test_no_loan_is_better_than_its_own_days_say_and_more_days_make_none_better(found: list[Exposure], more: int):
    order = tuple(Category)
    before = grades(found, RULES, on=ON)
    later = grades([replace(loan, days_past_due=loan.days_past_due + more) for loan in found], RULES, on=ON)
    for grade, worse in zip(before, later, strict=True):
        assert order.index(grade.category) >= order.index(RULES.category(grade.exposure.days_past_due))
        assert order.index(worse.category) >= order.index(grade.category)
        assert worse.stage >= grade.stage
        assert worse.provision_minor >= grade.provision_minor
        assert grade.provision_minor <= grade.exposure.principal_minor


def test_the_shipped_rules_are_those_of_these_examples():
    assert risk_rules(load_rulepack("cn"), on=ON) == RULES
