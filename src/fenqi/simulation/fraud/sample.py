"""A world as columns of features with its truth: what a model is trained and measured on."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fenqi.core.velocity.definition import DAY_US
from fenqi.core.velocity.shipped import shipped_definition
from fenqi.learning.fraud import LabelledOrders
from fenqi.simulation.fraud.cast import BEGINS_US
from fenqi.simulation.fraud.truth import Order, Scheme
from fenqi.simulation.fraud.world import Size, fraud_world
from fenqi.velocity.replay import columns_of, replay_columns

WARM_UP_DAYS = 30
"""Before this day customers have no past yet, so that nobody is measured on it."""


@dataclass(frozen=True)
class WorldSample:
    """The orders of a world after its warm-up, each with its features; `places` says where in the log each stands."""

    log: tuple[Order, ...]
    places: NDArray[np.int64]
    orders: LabelledOrders

    @property
    def schemes(self) -> tuple[Scheme | None, ...]:
        """The truth of each order."""
        return tuple(self.log[int(place)].scheme for place in self.places)


def sample_of_world(size: Size, *, seed: int) -> WorldSample:
    """Play a world and work the shipped features out for it, as the feature server would have at each order."""
    log = fraud_world(size, seed=seed)
    found = replay_columns(shipped_definition(), columns_of([order.event for order in log]))
    begins_us = BEGINS_US + WARM_UP_DAYS * DAY_US
    places = [
        place for place, order in enumerate(log) if not order.event.confirms_fraud and order.event.at_us >= begins_us
    ]
    kept = np.array(places, dtype=np.int64)
    frauds = np.array([log[place].is_fraud for place in places], dtype=np.bool_)
    return WorldSample(log, kept, LabelledOrders({name: column[kept] for name, column in found.items()}, frauds))


def describe_worlds(size: Size, *, training: tuple[int, ...], tuning: int) -> dict[str, Any]:
    """What an artefact says of the worlds that a score was trained on."""
    return {
        "world": {
            "customers": size.customers,
            "days": size.days,
            "merchants": size.merchants,
            "shares": {scheme.value: share for scheme, share in size.shares.items()},
            "warm_up_days": WARM_UP_DAYS,
        },
        "training_seeds": list(training),
        "tuning_seed": tuning,
    }
