"""How `fenqi model train fraud` plays the worlds that the fraud score is trained on."""

from dataclasses import replace
from typing import Any

from fenqi.cli.console import note
from fenqi.learning.fraud import PLAN, LabelledOrders, train_fraud
from fenqi.simulation.fraud.sample import WARM_UP_DAYS, describe_world, sample_of_world
from fenqi.simulation.fraud.world import Size

OLD = Size(customers=12_000, price_yuan=600.0, price_spread=1.2)
YOUNG = replace(OLD, customers=4_000, merchants=5, days=60)
"""An installation that has long been there, and one that begins with a few shops: neither may call newcomers frauds.

They sell groceries as well as phones."""
TRAINING = ((OLD, 101, WARM_UP_DAYS), (OLD, 102, WARM_UP_DAYS), (OLD, 103, 0), (YOUNG, 104, 0), (YOUNG, 105, 0))
TUNING = ((OLD, 201, WARM_UP_DAYS), (YOUNG, 202, 0))
TOLD_EVERY = 40


def trained_fraud() -> dict[str, Any]:
    """Play the worlds, train on them, and give the artefact; always the same."""
    note(f"{len(TRAINING) + len(TUNING)} worlds are played; {PLAN.trees} trees grow")
    return train_fraud(
        [_played(*world) for world in TRAINING],
        [_played(*world) for world in TUNING],
        described={
            "training_worlds": [_described(*world) for world in TRAINING],
            "tuning_worlds": [_described(*world) for world in TUNING],
        },
        report=_report,
    )


def _played(size: Size, seed: int, warm_up_days: int) -> LabelledOrders:
    return sample_of_world(size, seed=seed, is_veiled=True, warm_up_days=warm_up_days).orders


def _described(size: Size, seed: int, warm_up_days: int) -> dict[str, Any]:
    return describe_world(size, seed=seed, warm_up_days=warm_up_days)


def _report(grown: int) -> None:
    if grown % TOLD_EVERY == 0:
        note(f"{grown} of {PLAN.trees} trees")
