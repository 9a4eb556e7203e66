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
from fenqi.simulation.fraud.veil import veiled
from fenqi.simulation.fraud.world import Size, fraud_world
from fenqi.velocity.replay import columns_of, replay_columns

WARM_UP_DAYS = 30
"""Before this day customers of an old installation have no past yet."""


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


def sample_of_world(size: Size, *, seed: int, is_veiled: bool = False, warm_up_days: int = WARM_UP_DAYS) -> WorldSample:
    """Play a world and work the shipped features out for it, as the feature server would have at each order.

    Without a warm-up it is an installation that has just begun: nobody, no shop either, has a past there.
    In a veiled one every order lacks what its shop and its customer do not let the lender know.
    """
    log = fraud_world(size, seed=seed)
    if is_veiled:
        log = tuple(veiled(log, seed=seed))
    found = replay_columns(shipped_definition(), columns_of([order.event for order in log]))
    begins_us = BEGINS_US + warm_up_days * DAY_US
    places = [
        place for place, order in enumerate(log) if not order.event.confirms_fraud and order.event.at_us >= begins_us
    ]
    kept = np.array(places, dtype=np.int64)
    frauds = np.array([log[place].is_fraud for place in places], dtype=np.bool_)
    return WorldSample(log, kept, LabelledOrders({name: column[kept] for name, column in found.items()}, frauds))


def describe_world(size: Size, *, seed: int, warm_up_days: int) -> dict[str, Any]:
    """What an artefact says of a world that a score was trained on."""
    return {
        "customers": size.customers,
        "days": size.days,
        "merchants": size.merchants,
        "price_yuan": size.price_yuan,
        "price_spread": size.price_spread,
        "shares": {scheme.value: share for scheme, share in size.shares.items()},
        "warm_up_days": warm_up_days,
        "seed": seed,
    }
