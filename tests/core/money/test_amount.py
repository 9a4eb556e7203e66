"""Amounts are read exactly, written exactly, and rounded by a named rule."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fenqi.core.money.amount import (
    AMOUNT_MAX_MINOR,
    MINOR_DIGITS,
    AmountOutOfRange,
    AmountTooFine,
    AmountUnreadable,
    CurrencyUnknown,
    Rounding,
    amount_text,
    parse_minor,
    require_currency,
    round_minor,
    round_ratio,
)


@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [
        ("5999", "CNY", 599_900),
        ("5999.5", "CNY", 599_950),
        ("5999.00", "CNY", 599_900),
        ("0.01", "CNY", 1),
        ("1.0000", "CNY", 100),
        ("5999", "JPY", 5999),
        ("1.001", "KWD", 1001),
    ],
)
def test_reads_an_amount_exactly(text, currency, minor):
    assert parse_minor(text, currency=currency) == minor


@pytest.mark.parametrize("text", ["0.001", "5999.999", "1.0000000001"])
def test_refuses_a_fraction_of_a_cent(text):
    with pytest.raises(AmountTooFine) as refused:
        parse_minor(text)
    assert refused.value.code == "amount_too_fine"
    assert refused.value.allowed == "at most 2 decimals"


@pytest.mark.parametrize(
    "text", ["", " ", "abc", "1e3", "NaN", "Infinity", "1,000", "1_000", "٣", "--1", "1.", "9" * 40]
)
def test_refuses_what_is_no_amount(text):
    with pytest.raises(AmountUnreadable):
        parse_minor(text)


@pytest.mark.parametrize("text", ["-1", "-0.01", "10000000000000.01"])
def test_refuses_an_amount_that_no_price_can_have(text):
    with pytest.raises(AmountOutOfRange):
        parse_minor(text)


@pytest.mark.parametrize("currency", ["XXX", "cny", "", "RMB"])
def test_refuses_an_unknown_currency(currency):
    with pytest.raises(CurrencyUnknown):
        parse_minor("1", currency=currency)
    with pytest.raises(CurrencyUnknown):
        amount_text(1, currency=currency)


def test_lends_in_the_currencies_of_its_market_only():
    assert require_currency("CNY") == "CNY"
    with pytest.raises(CurrencyUnknown) as refused:
        require_currency("USD")
    assert refused.value.allowed == "CNY"


@given(st.integers(0, AMOUNT_MAX_MINOR), st.sampled_from(sorted(MINOR_DIGITS)))
def test_reads_back_what_it_wrote(minor, currency):
    assert parse_minor(amount_text(minor, currency=currency), currency=currency) == minor


def test_groups_thousands_for_people():
    assert amount_text(123_456_789, grouped=True) == "1,234,567.89"
    assert amount_text(-5) == "-0.05"
    assert amount_text(0) == "0.00"


@pytest.mark.parametrize(
    ("value", "half_up", "half_even", "down"),
    [("2.5", 3, 2, 2), ("3.5", 4, 4, 3), ("2.49", 2, 2, 2), ("-2.5", -3, -2, -2), ("-0.5", -1, 0, 0), ("7", 7, 7, 7)],
)
def test_rounds_by_the_named_rule(value, half_up, half_even, down):
    exact = Decimal(value)
    assert round_minor(exact, Rounding.HALF_UP) == half_up
    assert round_minor(exact, Rounding.HALF_EVEN) == half_even
    assert round_minor(exact, Rounding.DOWN) == down


@given(st.integers(-(10**20), 10**20), st.integers(1, 10**12))
def test_rounds_by_less_than_one(numerator, denominator):
    exact = Fraction(numerator, denominator)
    assert abs(round_ratio(numerator, denominator, Rounding.HALF_UP) - exact) <= Fraction(1, 2)
    assert abs(round_ratio(numerator, denominator, Rounding.HALF_EVEN) - exact) <= Fraction(1, 2)
    assert 0 <= abs(exact) - abs(round_ratio(numerator, denominator, Rounding.DOWN)) < 1
