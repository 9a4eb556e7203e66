"""A definition of features is refused with the feature named, before anything is counted."""

import pytest

from fenqi.core.velocity.definition import (
    FeatureCycle,
    FeatureFieldUnknown,
    FeatureMalformed,
    FeatureUnknown,
    FeatureWindowUnknown,
    defined,
)
from fenqi.core.velocity.event import OrderEvent
from fenqi.core.velocity.reference import evaluate
from fenqi.core.velocity.shipped import shipped_definition

COUNT = {"name": "a", "kind": "count", "by": "device", "window": "1h"}
RATIO = {"name": "r", "kind": "ratio", "over": "a", "under": "a"}


@pytest.mark.parametrize(
    ("rows", "refusal"),
    [
        ([COUNT | {"by": "shoe_size"}], FeatureFieldUnknown),
        ([COUNT | {"kind": "mean"}], FeatureFieldUnknown),
        ([COUNT | {"kind": "distinct", "of": "amount_minor"}], FeatureFieldUnknown),
        ([COUNT | {"window": "2h"}], FeatureWindowUnknown),
        ([COUNT | {"of": "card"}], FeatureMalformed),
        ([{"kind": "count", "by": "device", "window": "1h"}], FeatureMalformed),
        ([COUNT, COUNT], FeatureMalformed),
        ([{"name": "a", "kind": "last", "by": "card", "of": "device"}, RATIO], FeatureMalformed),
        ([RATIO], FeatureUnknown),
        ([RATIO | {"over": "r", "under": "r"}], FeatureCycle),
        ([RATIO | {"over": "s", "under": "s"}, RATIO | {"name": "s", "over": "r", "under": "r"}], FeatureCycle),
    ],
)
def test_refuses_an_unsound_definition(rows, refusal):
    with pytest.raises(refusal, match=r"a|r|feature"):
        defined(rows)


def test_takes_a_ratio_of_ratios_in_whatever_order_they_stand():
    definition = defined([RATIO | {"name": "s", "over": "r", "under": "r"}, RATIO, COUNT])
    assert definition.names == ("a", "r", "s")


def test_takes_a_division_by_zero_for_missing():
    event = OrderEvent(at_us=0, amount_minor=1, device="d")
    assert evaluate(defined([COUNT, RATIO]), [], event) == {"a": 0, "r": None}


def test_takes_a_feature_of_an_unknown_key_for_missing():
    event = OrderEvent(at_us=0, amount_minor=1)
    assert evaluate(defined([COUNT]), [event], event) == {"a": None}


def test_counts_an_event_that_came_late_as_of_when_it_came():
    late = OrderEvent(at_us=0, amount_minor=1, device="d")
    before = [OrderEvent(at_us=3_600_000_001, amount_minor=1, device="d"), late]
    assert evaluate(defined([COUNT]), before, late) == {"a": 2}


def test_ships_features_of_every_key():
    assert len(shipped_definition().names) > 150
