"""Dedicated limits: what of a line they keep, and for whom."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from random import Random
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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


def test_a_merchants_limit_goes_first_to_goods_that_have_none_in_whatever_order_they_are_named():
    dedicated = [replace(AT_A, amount_minor=1_000), replace(FOR_TRAVEL, amount_minor=1_000)]
    used = [Used(Place(A, TRAVEL), 1_000), Used(Place(A, GoodsCategory.OTHER), 1_000)]
    for each in (used, used[::-1]):
        assert reserved_minor(dedicated, each, place=Place(B, PHONE)) == 0


def _least_kept(pools: Mapping[UUID | GoodsCategory, int], units: Sequence[Place]) -> int:
    """By trying which limit each unit that was bought uses, or none."""
    if not units:
        return sum(pools.values())
    first, *rest = units
    tries = [pools] + [
        {**pools, pool: pools[pool] - 1} for pool in (first.merchant_id, first.goods_category) if pools.get(pool)
    ]
    return min(_least_kept(each, rest) for each in tries)


_PLACES = st.builds(Place, st.sampled_from([A, B]), st.sampled_from([PHONE, TRAVEL, GoodsCategory.OTHER]))


@settings(max_examples=100, deadline=None)
@given(
    pools=st.dictionaries(st.sampled_from([A, B, PHONE, TRAVEL]), st.integers(1, 3)),
    units=st.lists(_PLACES, max_size=5),
    place=_PLACES,
    order=st.randoms(use_true_random=False),
)
def test_as_little_as_can_be_stays_kept_and_order_does_not_count(
    pools: dict[UUID | GoodsCategory, int], units: list[Place], place: Place, order: Random
):
    dedicated = [
        replace(AT_A, amount_minor=minor, merchant_id=pool)
        if isinstance(pool, UUID)
        else replace(FOR_TRAVEL, amount_minor=minor, goods_category=pool)
        for pool, minor in pools.items()
    ]
    used = [Used(each, 1) for each in units]
    kept = reserved_minor(dedicated, used, place=place)
    order.shuffle(used)
    order.shuffle(dedicated)
    others = {pool: n for pool, n in pools.items() if pool not in {place.merchant_id, place.goods_category}}
    assert kept == reserved_minor(dedicated, used, place=place) == _least_kept(others, units)


@pytest.mark.parametrize(
    "wrong",
    [
        replace(AT_A, goods_category=PHONE),
        replace(AT_A, merchant_id=None),
        replace(FOR_TRAVEL, kind=SpecialKind.TEMPORARY),
        replace(FOR_TRAVEL, goods_category=GoodsCategory.OTHER),
    ],
)
def test_a_dedicated_limit_is_for_exactly_one_of_both(wrong: Special):
    require_special(FOR_TRAVEL, on=FROM, step_minor=100)
    with pytest.raises(SpecialMalformed):
        require_special(wrong, on=FROM, step_minor=100)


def test_goods_of_different_categories_are_other_goods():
    assert category_of([{"category": "phone"}, {"category": "phone"}]) is PHONE
    assert category_of([{"category": "phone"}, {}]) is category_of([{}]) is GoodsCategory.OTHER
