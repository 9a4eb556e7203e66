"""What a merchant is paid: netting, carrying, fees that come back in exact parts."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fenqi.core.merchant.settlement import (
    DiscountRateInvalid,
    Item,
    ItemKind,
    discount_of,
    discount_returned,
    earned_subsidy,
    items_of_capture,
    items_of_refund,
    settle,
    subsidy_returned,
)


def test_a_capture_is_paid_less_the_discount():
    settled = settle(items_of_capture(captured_minor=599_900, discount_rate=Decimal("0.02")), carried_in_minor=0)
    assert (settled.paid_minor, settled.carried_out_minor, settled.item_count) == (599_900 - 11_998, 0, 2)


def test_a_merchants_own_subsidy_comes_off_the_payment():
    items = items_of_capture(captured_minor=100_000, discount_rate=Decimal(0), merchant_subsidy_minor=3_000)
    assert settle(items, carried_in_minor=0).paid_minor == 97_000


def test_a_refund_after_settlement_is_netted_against_the_next_one():
    refunded = items_of_refund(refund_minor=100_000, discount_returned_minor=2_000)
    captured = items_of_capture(captured_minor=300_000, discount_rate=Decimal("0.02"))
    assert settle(refunded + captured, carried_in_minor=0).paid_minor == 300_000 - 6_000 - 100_000 + 2_000


def test_a_negative_balance_is_a_receivable_until_it_is_netted():
    first = settle(items_of_refund(refund_minor=100_000), carried_in_minor=0)
    assert (first.paid_minor, first.receivable_minor) == (0, 100_000)
    second = settle([Item(ItemKind.CAPTURED, 60_000)], carried_in_minor=first.carried_out_minor)
    assert (second.paid_minor, second.receivable_minor) == (0, 40_000)
    third = settle([Item(ItemKind.CAPTURED, 60_000)], carried_in_minor=second.carried_out_minor)
    assert (third.paid_minor, third.receivable_minor) == (20_000, 0)


def test_a_positive_balance_is_never_carried():
    with pytest.raises(ValueError, match="paid, not carried"):
        settle([], carried_in_minor=1)


@pytest.mark.parametrize("rate", ["-0.01", "1"])
def test_a_discount_leaves_something_of_the_price(rate: str):
    with pytest.raises(DiscountRateInvalid):
        discount_of(100, discount_rate=Decimal(rate))


def test_a_subsidy_is_earned_by_the_day_and_wholly_at_the_end():
    days = {"from_on": date(2026, 1, 1), "until_on": date(2026, 12, 27)}
    assert earned_subsidy(36_000, on=date(2026, 1, 1), **days) == 0
    assert earned_subsidy(36_000, on=date(2026, 1, 31), **days) == 3_000
    assert earned_subsidy(36_000, on=date(2027, 6, 1), **days) == 36_000
    assert earned_subsidy(36_000, on=date(2025, 6, 1), **days) == 0


def test_the_unearned_subsidy_goes_back_pro_rata_of_the_goods():
    half = subsidy_returned(
        subsidy_minor=36_000,
        earned_minor=3_000,
        returned_before_minor=0,
        refundable_minor=200_000,
        refund_minor=100_000,
    )
    assert half == 16_500


MINOR = st.integers(1, 10_000_000)


@given(st.lists(st.integers(-1_000_000, 1_000_000), max_size=20), st.integers(-1_000_000, 0))
def test_what_comes_in_goes_out(amounts: list[int], carried_in_minor: int):
    settled = settle([Item(ItemKind.CAPTURED, amount) for amount in amounts], carried_in_minor=carried_in_minor)
    assert settled.items_minor + settled.carried_in_minor == settled.paid_minor + settled.carried_out_minor
    assert settled.paid_minor >= 0 >= settled.carried_out_minor
    assert 0 in (settled.paid_minor, settled.carried_out_minor)


@settings(max_examples=200)
@given(st.lists(MINOR, min_size=1, max_size=8), st.decimals("0", "0.2", places=4))
def test_the_discount_comes_back_whole_in_however_many_parts(parts: list[int], rate: Decimal):
    captured = sum(parts)
    discount = discount_of(captured, discount_rate=rate)
    refunded, returned = 0, []
    for part in parts:
        returned.append(
            discount_returned(
                discount_minor=discount, captured_minor=captured, refunded_before_minor=refunded, refund_minor=part
            )
        )
        refunded += part
    assert sum(returned) == discount
    assert min(returned) >= 0


@settings(max_examples=200)
@given(st.lists(MINOR, min_size=1, max_size=6), st.integers(0, 500_000), st.lists(st.integers(0, 400), min_size=6))
def test_a_subsidy_never_returns_what_is_earned_and_leaves_nothing_unearned(
    parts: list[int], subsidy_minor: int, days: list[int]
):
    from_on = date(2026, 1, 1)
    returned, left = 0, sum(parts)
    for part, day in zip(parts, sorted(days), strict=False):
        on = from_on + timedelta(days=day)
        earned = earned_subsidy(subsidy_minor, from_on=from_on, until_on=from_on + timedelta(days=365), on=on)
        returned += subsidy_returned(
            subsidy_minor=subsidy_minor,
            earned_minor=earned,
            returned_before_minor=returned,
            refundable_minor=left,
            refund_minor=part,
        )
        left -= part
        assert 0 <= returned <= subsidy_minor
    assert returned >= subsidy_minor - earned or left
