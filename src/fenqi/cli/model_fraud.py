"""How `fenqi model train fraud` plays the worlds that the fraud score is trained on."""

from typing import Any

from fenqi.cli.console import note
from fenqi.learning.fraud import PLAN, train_fraud
from fenqi.simulation.fraud.sample import describe_worlds, sample_of_world
from fenqi.simulation.fraud.world import Size

WORLD = Size(customers=12_000)
TRAINING_SEEDS, TUNING_SEED = (101, 102), 201
TOLD_EVERY = 40


def trained_fraud() -> dict[str, Any]:
    """Play the worlds, train on them, and give the artefact; always the same."""
    samples = [sample_of_world(WORLD, seed=seed).orders for seed in (*TRAINING_SEEDS, TUNING_SEED)]
    note(f"{len(samples)} worlds are played; {PLAN.trees} trees grow")
    return train_fraud(
        samples[:-1],
        samples[-1],
        described=describe_worlds(WORLD, training=TRAINING_SEEDS, tuning=TUNING_SEED),
        report=_report,
    )


def _report(grown: int) -> None:
    if grown % TOLD_EVERY == 0:
        note(f"{grown} of {PLAN.trees} trees")
