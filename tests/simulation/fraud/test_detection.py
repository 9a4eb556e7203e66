"""A world is screened as the product would, and what is found is counted by scheme."""

import pytest

from fenqi.core.decision.screening_strategy import ScreeningAction
from fenqi.simulation.fraud.detection import Share, detection
from fenqi.simulation.fraud.sample import sample_of_world
from fenqi.simulation.fraud.screened import REGIONS, Judge, Judged, judged_orders, region_of
from fenqi.simulation.fraud.town import TOWNS, towns
from fenqi.simulation.fraud.truth import Scheme
from fenqi.simulation.fraud.world import Size
from fenqi.stores.model import load_booster
from fenqi.stores.shipped_screening import load_screening

ALLOW, STEP_UP, FREEZE, DECLINE = ScreeningAction


def judged(scheme: Scheme | None, action: ScreeningAction) -> Judged:
    return Judged(scheme, dict.fromkeys(Judge, action))


def test_counts_what_is_stopped_and_what_is_checked():
    found = detection(
        [
            *(judged(None, ALLOW),) * 95,
            *(judged(None, STEP_UP),) * 4,
            judged(None, FREEZE),
            *(judged(Scheme.RING, DECLINE),) * 2,
            judged(Scheme.RING, STEP_UP),
            judged(Scheme.RING, ALLOW),
            judged(Scheme.SHARED, FREEZE),
        ],
        Judge.BOTH,
    )
    ring = next(one for one in found.schemes if one.scheme is Scheme.RING)
    assert (ring.recall, ring.precision, ring.checked) == (Share(2, 4), Share(2, 3), Share(3, 4))
    assert (found.precision, found.false_stops, found.false_checks) == (Share(3, 4), Share(1, 100), Share(4, 100))


def test_a_share_has_wilsons_interval():
    """By hand: (5 + 1.92) / 13.84 ± 1.96 √(2.5 + 0.96) / 13.84."""
    assert Share(5, 10).interval == (pytest.approx(0.2366, abs=1e-4), pytest.approx(0.7634, abs=1e-4))
    assert Share(0, 0).interval == (0.0, 1.0)
    assert Share(0, 10).interval[0] == 0.0


def test_every_town_lies_in_a_division():
    assert REGIONS.keys() == TOWNS.keys()
    assert len(towns()) == len(set(REGIONS.values()))


def test_rules_and_model_together_find_what_either_does_and_leave_most_good_orders_alone():
    sample = sample_of_world(Size(customers=900, days=50, shares=dict.fromkeys(Scheme, 0.02)), seed=44)
    found = list(judged_orders(sample, load_booster(), load_screening()))
    assert [one.scheme for one in found] == list(sample.schemes)
    for one in found:
        alone = (one.actions[Judge.RULES], one.actions[Judge.MODEL])
        assert one.actions[Judge.BOTH].severity >= max(action.severity for action in alone)
    both = detection(found, Judge.BOTH)
    assert both.false_stops.value < 0.03
    assert sum(one.recall.part for one in both.schemes) > 0.5 * sum(one.recall.whole for one in both.schemes)
    assert {region_of(order.event) for order in sample.log} <= {None, *REGIONS.values()}
