"""The rule pack that ships: every file is well formed, and its caps are those of the day."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from fenqi.core.refusal import Broken
from fenqi.core.rulepack.ceiling import CEILING, cost_ceiling
from fenqi.core.rulepack.dated import Standing
from fenqi.stores import shipped
from fenqi.stores.shipped import load_rulepack

PACK = load_rulepack()


def test_every_value_has_a_source_and_a_standing():
    values = [value for name in PACK.names() for value in PACK.history(name)]
    assert len(values) > 20
    assert all(value.source and isinstance(value.standing, Standing) for value in values)


def test_no_value_has_a_gap_after_its_first_day():
    ended = [value for name in PACK.names() for value in PACK.history(name) if value.until_on is not None]
    for earlier in ended:
        later = PACK.value(earlier.name, on=earlier.until_on, lender_type=earlier.lender_type)
        assert later.from_on == earlier.until_on


@pytest.mark.parametrize("lender_type", ["microloan", "consumer_finance", "bank", "facilitated"])
def test_every_type_of_lender_is_capped_at_24_percent_in_2026(lender_type):
    ceiling = cost_ceiling(PACK, lender_type=lender_type, on=date(2026, 9, 1))
    assert ceiling.percent == 24
    assert ceiling.measure == "irr_nominal"


def test_a_micro_loan_is_capped_at_four_times_the_prime_rate_after_2027():
    last = date(2027, 12, 31)
    assert cost_ceiling(PACK, lender_type="microloan", on=last).percent == 24
    after = cost_ceiling(PACK, lender_type="microloan", on=last + timedelta(days=1))
    assert after.percent == 12
    assert not after.standing.is_verified


def test_a_consumer_finance_company_also_has_an_average_to_keep():
    assert PACK.value("cost_cap.average_ceiling", on=date(2026, 4, 1), lender_type="consumer_finance").value == 20


def test_caps_are_known_for_four_types_of_lender():
    assert PACK.lender_types(CEILING) == ("bank", "consumer_finance", "facilitated", "microloan")


def test_the_prime_rate_is_read_as_it_is_written():
    assert PACK.value("cost_cap.lpr_1y", on=date(2024, 10, 21)).value == Decimal("3.10")
    assert str(PACK.value("cost_cap.lpr_1y", on=date(2026, 6, 22)).value) == "3.00"


def test_the_version_is_that_of_the_text(tmp_path, monkeypatch):
    assert len(PACK.version) == 64
    folder = tmp_path / "rulepacks" / "xx" / "duty"
    folder.mkdir(parents=True)
    monkeypatch.setattr(shipped, "PROJECT", tmp_path)
    versions = set()
    for value in (1, 2):
        (folder / "value.yaml").write_text(f"values: [{{from: 2026-01-01, value: {value}, source: s, standing: T}}]")
        versions.add(load_rulepack.__wrapped__("xx").version)
    assert len(versions) == 2


@pytest.mark.parametrize(
    "content",
    [
        "about: nothing",
        "values: [{value: 1, source: s, standing: T}]",
        "values: [{from: 2026-01-01, value: 1, source: '', standing: T}]",
        "values: [{from: 2026-01-01, value: 1, source: s, standing: X}]",
        "values: [{from: soon, value: 1, source: s, standing: T}]",
        "values: [{from: 2026-01-01, value: 1, source: s, standing: T, colour: red}]",
    ],
)
def test_a_malformed_file_breaks_the_pack(tmp_path, monkeypatch, content):
    folder = tmp_path / "rulepacks" / "xx" / "duty"
    folder.mkdir(parents=True)
    (folder / "value.yaml").write_text(content)
    monkeypatch.setattr(shipped, "PROJECT", tmp_path)
    with pytest.raises(Broken):
        load_rulepack.__wrapped__("xx")
