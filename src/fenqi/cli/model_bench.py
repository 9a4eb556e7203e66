"""`fenqi model bench`: how well scores do on published data, with the aims they are held to."""

from collections.abc import Callable
from enum import StrEnum
from typing import Annotated

import typer

from fenqi.cli.dataset import nothing_to_check
from fenqi.cli.exit_code import ExitCode
from fenqi.cli.model_early_warning import bench_early_warning
from fenqi.cli.model_fraud_world import bench_fraud_world
from fenqi.cli.model_handbook import bench_handbook
from fenqi.cli.model_roll_rate import bench_roll_rates
from fenqi.learning.dataset import DatasetAbsent


class Bench(StrEnum):
    """What can be measured."""

    EARLY_WARNING = "early_warning"
    """Who will be 30 days late within six months, on the card panel; who will not pay back, on superlender."""
    ROLL_RATES = "roll_rates"
    """How accounts of the card panel roll from one status to the next."""

    HANDBOOK = "handbook"
    """Simulated card fraud by the shipped features, in the week of the handbook's protocol."""

    FRAUD_WORLD = "fraud_world"
    """What screening finds of each scheme in worlds of ours, and which good orders it stops; needs no data."""


_MEASURED: dict[Bench, Callable[..., ExitCode]] = {
    Bench.EARLY_WARNING: bench_early_warning,
    Bench.FRAUD_WORLD: bench_fraud_world,
    Bench.HANDBOOK: bench_handbook,
    Bench.ROLL_RATES: bench_roll_rates,
}


def bench(
    name: Annotated[Bench, typer.Argument(help="What is measured.")],
    *,
    json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> ExitCode:
    """Measure on published data, which FENQI_DATA names the folder of, and hold the figures to their aims."""
    try:
        return _MEASURED[name](json=json)
    except DatasetAbsent as absent:
        return nothing_to_check(absent, json=json)
