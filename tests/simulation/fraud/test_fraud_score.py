"""The shipped fraud score knows its features and reasons, and finds each scheme in a world it has not seen."""

import numpy as np
import pytest

from fenqi.core.decision.screening_reason import SCREENING_REASONS
from fenqi.core.velocity.shipped import shipped_definition
from fenqi.learning.fraud import FREEZE_PERMILLE, STEP_UP_PERMILLE
from fenqi.simulation.fraud.sample import sample_of_world
from fenqi.simulation.fraud.truth import Scheme
from fenqi.simulation.fraud.world import Size
from fenqi.stores.model import load_booster
from fenqi.velocity.server import FeatureServer

BOOSTER = load_booster()
FOUND = dict.fromkeys(Scheme, 0.75) | {Scheme.RING: 0.55}
"""Who of a ring has not yet shared much looks like everybody else; the ties between them are for the rules."""


@pytest.fixture(scope="module")
def world():
    return sample_of_world(Size(customers=2500, days=60, shares=dict.fromkeys(Scheme, 0.01)), seed=901)


@pytest.fixture(scope="module")
def points(world):
    return np.array([BOOSTER.scale.permille(margin) for margin in BOOSTER.margins(world.orders.features)])


def test_asks_for_shipped_features_and_gives_known_reasons():
    assert {one.name for one in BOOSTER.features} <= set(shipped_definition().names)
    assert {one.reason for one in BOOSTER.features} <= SCREENING_REASONS.keys()


@pytest.mark.parametrize("scheme", Scheme)
def test_finds_every_scheme(world, points, scheme):
    mine = np.array([one is scheme for one in world.schemes])
    assert (points[mine] >= STEP_UP_PERMILLE).mean() > FOUND[scheme]


def test_leaves_good_orders_alone(world, points):
    good = ~world.orders.frauds
    assert (points[good] >= FREEZE_PERMILLE).mean() < 0.01


def test_scores_what_the_feature_server_says_as_the_columns_do(world, points):
    server, found = FeatureServer(shipped_definition()), {}
    wanted = set(world.places[:: len(world.places) // 60].tolist())
    for place, order in enumerate(world.log):
        if place in wanted:
            found[place] = BOOSTER.permille(server.features(order.event))
        server.record(order.event)
    expected = dict(zip(world.places.tolist(), points.tolist(), strict=True))
    assert found == {place: expected[place] for place in wanted}
