"""Repeat micro-loans: what is known of a loan when it is approved, and which earlier loans may teach it."""

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest

from fenqi.learning.contract import DatasetAltered
from fenqi.learning.early_warning import answer, answered, compared, loan_questions
from fenqi.learning.superlender import MicroLoan, read_loans, sample_loans

HEAD = "customerid,loannumber,approveddate,loanamount,totaldue,termdays,referredby"
EARLIER = f"""{HEAD},closeddate,firstduedate,firstrepaiddate
a,1,2017-04-01 10:00:00,10000,11500,30,,2017-05-03 09:00:00,2017-05-01 00:00:00,2017-05-03 08:00:00
a,2,2017-05-10 10:00:00,20000,23000,30,b,2017-06-05 09:00:00,2017-06-09 00:00:00,2017-06-05 08:00:00
"""
CURRENT = f"""{HEAD},good_bad_flag
a,3,2017-07-21 08:00:00,30000,34500,30,,Bad
"""


@pytest.fixture
def loans(tmp_path):
    for name, text in (("current", CURRENT), ("earlier", EARLIER)):
        (tmp_path / name).write_text(text)
    return read_loans(tmp_path / "current", tmp_path / "earlier")


def test_tells_a_loan_by_those_closed_before_it(loans):
    sample = sample_loans(loans)
    assert [loan.number for loan in sample.loans] == [1, 2, 3]
    assert sample.outcomes.tolist() == [True, False, True]
    third = {name: column[2] for name, column in sample.columns.items()}
    assert (third["loans_closed"], third["amount_of_last"], third["first_payment_late_days_last"]) == (2, 1.5, -4)
    assert (third["closing_late_share"], third["closing_late_days_highest"], third["terms_used"]) == (0.5, 2, 56 / 60)
    assert np.isnan(sample.columns["known_days"][0])


def test_a_loan_still_open_tells_nothing_yet(loans):
    first, second, third = loans
    overlapping = replace(second, closed_at=datetime(2017, 8, 1, tzinfo=UTC))
    sample = sample_loans((first, overlapping, third))
    assert sample.columns["loans_closed"].tolist() == [0.0, 1.0, 1.0]


def test_a_file_of_other_columns_is_refused(tmp_path):
    (tmp_path / "other").write_text("customerid\na\n")
    with pytest.raises(DatasetAltered):
        read_loans(tmp_path / "other", tmp_path / "other")


def test_ranks_later_loans_by_earlier_ones_alone():
    sample = sample_loans(_book(customers=150))
    halves, before = loan_questions(sample)
    assert set(halves.folds) == set(before.folds) == {-1, 0}
    found = answer(before, lambda _: None)
    assert found.auc.value > 0.9
    assert np.isnan(found.margins[~before.ranked]).all()
    assert compared(before, found.margins, found.margins).value == 0.0
    assert answered(before, -found.margins).auc.value == pytest.approx(1 - found.auc.value)


def _book(*, customers: int) -> list[MicroLoan]:
    """Every customer has two loans and a third in July; every other one is always late."""
    loans = []
    for customer in range(customers):
        late = 5 if customer % 2 else -3
        for number, month in ((1, 3), (2, 5), (3, 7)):
            approved_at = datetime(2017, month, 1 + customer % 28, tzinfo=UTC)
            closed_at = datetime(2017, month + 1, 1 + customer % 28, tzinfo=UTC) if number < 3 else None
            loans.append(
                MicroLoan(
                    customer=f"{customer:04}",
                    number=number,
                    approved_at=approved_at,
                    amount=10_000.0 * number,
                    due=11_500.0 * number,
                    term_days=30 - late,
                    is_referred=False,
                    closed_at=closed_at,
                    first_late_days=late,
                    went_bad=late > 0 if number == 3 else None,
                )
            )
    return sorted(loans, key=lambda loan: loan.approved_at)
