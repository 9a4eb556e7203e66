"""Rates are read exactly or refused by name."""

from decimal import Decimal

import pytest

from fenqi.core.money.rate import RateUnreadable, parse_rate, percent_text


@pytest.mark.parametrize(("text", "rate"), [("0.12", "0.12"), ("0", "0"), (".5", "0.5"), ("1.", "1"), ("-0.1", "-0.1")])
def test_reads_a_rate_exactly(text, rate):
    assert parse_rate(text) == Decimal(rate)


@pytest.mark.parametrize("text", ["", "12%", "NaN", "inf", "1e-3", "0,12", "."])
def test_refuses_what_is_no_rate(text):
    with pytest.raises(RateUnreadable) as refused:
        parse_rate(text)
    assert refused.value.code == "rate_unreadable"


def test_writes_a_percentage_without_trailing_zeros():
    assert [percent_text(Decimal(text)) for text in ("24.00", "12.50", "100", "0")] == ["24", "12.5", "100", "0"]
