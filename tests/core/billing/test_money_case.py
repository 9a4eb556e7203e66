"""A case about money ends once, by a name, and only as its kind can end."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from fenqi.core.billing.money_case import (
    KIND_OF,
    ClosedHow,
    ClosingDiffers,
    MoneyCase,
    MoneyCaseClosed,
    MoneyCaseKind,
    close,
    require_by_hand,
)
from fenqi.core.merchant.reconciliation import DifferenceKind

AT = datetime(2026, 9, 1, tzinfo=UTC)


def case(kind: MoneyCaseKind, *, theirs_minor: int | None = None) -> MoneyCase:
    return MoneyCase(
        b=1,
        case_id=UUID(int=1),
        kind=kind,
        subject=UUID(int=2),
        on_day=date(2026, 9, 1),
        ours_minor=None,
        theirs_minor=theirs_minor,
        currency="CNY",
        opened_at=AT,
    )


def test_every_difference_of_a_file_is_a_case():
    assert set(KIND_OF) == set(DifferenceKind)


def test_a_case_is_closed_once_with_who_and_how():
    ended = close(case(MoneyCaseKind.MISSING), by="finance", how=ClosedHow.EXPLAINED, text="cleared up", at=AT)

    assert (ended.closed_by, ended.closed_how, ended.closed_at) == ("finance", ClosedHow.EXPLAINED, AT)
    with pytest.raises(MoneyCaseClosed):
        close(ended, by="other", how=ClosedHow.EXPLAINED, text="again", at=AT)


@pytest.mark.parametrize(
    ("kind", "theirs_minor", "how"),
    [
        (MoneyCaseKind.SUSPENSE, 100, ClosedHow.EXPLAINED),
        (MoneyCaseKind.EXTRA, -100, ClosedHow.SUSPENDED),
        (MoneyCaseKind.MISSING, None, ClosedHow.SUSPENDED),
        (MoneyCaseKind.DIFFERING, 100, ClosedHow.PLACED),
    ],
)
def test_a_person_cannot_end_a_case_as_its_kind_does_not_end(
    kind: MoneyCaseKind, theirs_minor: int | None, how: ClosedHow
):
    with pytest.raises(ClosingDiffers):
        require_by_hand(case(kind, theirs_minor=theirs_minor), how=how)


def test_an_extra_debit_may_be_taken_into_suspense():
    require_by_hand(case(MoneyCaseKind.EXTRA, theirs_minor=100), how=ClosedHow.SUSPENDED)
