"""Dedicated limits: what of a line they keep, and for whom."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from fenqi.core.limit.special import (
    Place,
    Special,
    SpecialKind,
    SpecialMalformed,
    Used,
    require_special,
    reserved_minor,
)
from fenqi.core.product.goods import GoodsCategory, category_of

A, B = UUID(int=1), UUID(int=2)
PHONE, TRAVEL = GoodsCategory.PHONE, GoodsCategory.TRAVEL
FROM, UNTIL = date(2026, 3, 2), date(2026, 4, 2)
AT_A = Special(
    special_id=UUID(int=9),
    kind=SpecialKind.DEDICATED,
    amount_minor=500,
    from_on=FROM,
    until_on=UNTIL,
    merchant_id=A,
)
FOR_TRAVEL = replace(AT_A, merchant_id=None, goods_category=TRAVEL)


@pytest.mark.parametrize(
    ("merchant", "goods", "kept"),
    [(A, PHONE, 500), (A, TRAVEL, 0), (B, TRAVEL, 500), (B, PHONE, 1_000)],
)
def test_what_is_kept_is_for_other_merchants_and_other_goods(merchant: UUID, goods: GoodsCategory, kept: int):
    assert reserved_minor([AT_A, FOR_TRAVEL], [], place=Place(merchant, goods)) == kept


def test_a_purchase_uses_the_limit_of_its_merchant_first_and_then_that_of_its_goods():
    used = [Used(Place(A, TRAVEL), 700)]
    assert reserved_minor([AT_A, FOR_TRAVEL], used, place=Place(B, PHONE)) == 300
    assert reserved_minor([AT_A, FOR_TRAVEL], [Used(Place(B, PHONE), 700)], place=Place(B, PHONE)) == 1_000


@pytest.mark.parametrize(
    "wrong",
    [
        replace(AT_A, goods_category=PHONE),
        replace(AT_A, merchant_id=None),
        replace(FOR_TRAVEL, kind=SpecialKind.TEMPORARY),
    ],
)
def test_a_dedicated_limit_is_for_exactly_one_of_both(wrong: Special):
    require_special(FOR_TRAVEL, on=FROM, step_minor=100)
    with pytest.raises(SpecialMalformed):
        require_special(wrong, on=FROM, step_minor=100)


def test_goods_of_different_categories_are_other_goods():
    assert category_of([{"category": "phone"}, {"category": "phone"}]) is PHONE
    assert category_of([{"category": "phone"}, {}]) is category_of([{}]) is GoodsCategory.OTHER
