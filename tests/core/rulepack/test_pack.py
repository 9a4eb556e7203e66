"""A value of the law is found by name, day and type of lender, or its absence is named."""

from datetime import date
from decimal import Decimal

import pytest

from fenqi.core.refusal import Broken
from fenqi.core.rulepack.ceiling import LenderTypeUnknown, cost_ceiling
from fenqi.core.rulepack.dated import RuleValue, Standing
from fenqi.core.rulepack.pack import RuleNotInForce, RulePack, RuleValueUnknown

MARCH, APRIL, MAY = date(2026, 3, 1), date(2026, 4, 1), date(2026, 5, 1)


def held(value=24, *, name="cost_cap.ceiling", from_on=MARCH, until_on=None, lender_type="", standing="S"):
    return RuleValue(
        name=name,
        value=value,
        source="a notice",
        standing=Standing(standing),
        from_on=from_on,
        until_on=until_on,
        lender_type=lender_type,
    )


def test_a_value_holds_from_its_day_until_the_day_before_the_next():
    pack = RulePack([held(12, from_on=APRIL), held(24, until_on=APRIL)])
    assert pack.value("cost_cap.ceiling", on=date(2026, 3, 31)).value == 24
    assert pack.value("cost_cap.ceiling", on=APRIL).value == 12


def test_a_value_for_the_type_of_lender_goes_before_one_for_all():
    pack = RulePack([held(24), held(20, from_on=APRIL, lender_type="bank")])
    assert pack.value("cost_cap.ceiling", on=MAY, lender_type="bank").value == 20
    assert pack.value("cost_cap.ceiling", on=MARCH, lender_type="bank").value == 24
    assert pack.value("cost_cap.ceiling", on=MAY, lender_type="microloan").value == 24


def test_a_day_without_a_value_is_refused_and_not_taken_for_permission():
    pack = RulePack([held(until_on=APRIL)])
    for day in (date(2026, 2, 28), APRIL):
        with pytest.raises(RuleNotInForce) as refused:
            pack.value("cost_cap.ceiling", on=day)
        assert refused.value.code == "rule_not_in_force"


def test_an_unknown_name_is_refused():
    with pytest.raises(RuleValueUnknown) as refused:
        RulePack([held()]).value("cost_cap.floor", on=MARCH)
    assert refused.value.allowed == "cost_cap.ceiling"


@pytest.mark.parametrize(
    "values",
    [[held(), held(from_on=APRIL)], [held(until_on=MAY), held(from_on=APRIL)], [held(until_on=MARCH)]],
)
def test_two_values_on_one_day_or_none_at_all_break_the_pack(values):
    with pytest.raises(Broken):
        RulePack(values)


@pytest.mark.parametrize(("standing", "cited"), [("T", "a notice"), ("S", "a notice"), ("G", "a notice [unverified]")])
def test_an_unverified_source_is_cited_as_such(standing, cited):
    assert held(standing=standing).cited == cited


def test_reads_a_number_or_breaks():
    assert held("1.5").decimal() == Decimal("1.5")
    assert held({"max": "1.5"}).decimal(part="max") == Decimal("1.5")
    for value in (True, "many", (1,)):
        with pytest.raises(Broken):
            held(value).decimal()


def test_a_ceiling_can_be_a_multiple_of_another_dated_value():
    measure = held("irr_nominal", name="cost_cap.measure")
    ceiling = held({"times": 4, "of": "cost_cap.lpr_1y"}, lender_type="microloan")
    rates = [
        held(Decimal("3.10"), name="cost_cap.lpr_1y", until_on=APRIL),
        held(Decimal("3.00"), name="cost_cap.lpr_1y", from_on=APRIL, standing="M"),
    ]
    pack = RulePack([measure, ceiling, *rates])
    assert cost_ceiling(pack, lender_type="microloan", on=MARCH).percent == Decimal("12.4")
    later = cost_ceiling(pack, lender_type="microloan", on=MAY)
    assert later.percent == 12
    assert "4 × 3.00 %" in later.cited
    assert later.cited.endswith("[unverified]")
    with pytest.raises(LenderTypeUnknown) as refused:
        cost_ceiling(pack, lender_type="pawnshop", on=MAY)
    assert refused.value.allowed == "microloan"
