"""`fenqi model`: the shipped scores: train them again, show the card, hold it to its claims."""

import os
from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any

import typer

from fenqi.cli.console import say, write_json, write_table
from fenqi.cli.dataset import nothing_to_check
from fenqi.cli.exit_code import ExitCode
from fenqi.cli.model_bench import bench
from fenqi.cli.model_fraud import trained_fraud
from fenqi.core.decision.scorecard import Scorecard
from fenqi.learning.artefact import render, train
from fenqi.learning.dataset import DatasetAbsent, folders_of, load_taiwan
from fenqi.learning.taiwan import Customer
from fenqi.learning.verify import verify
from fenqi.settings import load_settings
from fenqi.stores.model import load_artefact, model_path

app = typer.Typer(no_args_is_help=True)
app.command("bench")(bench)

Json = Annotated[bool, typer.Option("--json", help="One JSON object.")]
NAME = "behaviour"


class Trained(StrEnum):
    """The scores that can be trained again."""

    BEHAVIOUR = "behaviour"
    """A card over an applicant's last three months."""
    FRAUD = "fraud"
    """A booster over what was ordered before."""


@app.command("train")
def train_again(
    name: Annotated[Trained, typer.Argument(help="Which score: behaviour, or fraud.")] = Trained.BEHAVIOUR,
    *,
    check: Annotated[bool, typer.Option("--check", help="Compare with the shipped file, change nothing.")] = False,
    json: Json = False,
) -> ExitCode:
    """Train a score: behaviour on the Taiwan data set, fraud on worlds; the file comes out the same, byte for byte."""
    try:
        artefact = trained_fraud() if name is Trained.FRAUD else train(_customers())
    except DatasetAbsent as absent:
        if not check:
            raise
        return nothing_to_check(absent, json=json)
    content, path = render(artefact), model_path(name)
    same = path.is_file() and path.read_bytes() == content
    if not check:
        path.write_bytes(content)
    if json:
        write_json({"version": artefact["version"], "path": str(path), "same_as_shipped": same})
    else:
        say(f"version {artefact['version']}: {'the shipped file, byte for byte' if same else 'not the shipped file'}")
        if "metrics" in artefact:
            _say_figures(artefact["metrics"])
    return ExitCode.DONE if same or not check else ExitCode.CHECK_FAILED


@app.command("show")
def show(*, json: Json = False) -> None:
    """Show the shipped score: what each value earns, how it was trained, how well it ranks."""
    artefact = load_artefact(NAME)
    card = Scorecard.from_artefact(artefact)
    if json:
        write_json(artefact)
        return
    say(f"{card.name} {card.version}")
    rows = [("base", "", str(card.base_points))]
    for part in card.characteristics:
        lows = ("", *(f"from {edge}" for edge in part.edges))
        rows += [(part.name, low, str(points)) for low, points in zip(lows, part.points, strict=True)]
        rows.append((part.name, "missing", str(part.missing_points)))
    write_table(("feature", "value", "points"), rows, right=("points",))
    _say_figures(artefact["metrics"])


@app.command("validate")
def validate(*, json: Json = False) -> ExitCode:
    """Hold the shipped score to its claims and measure it again on the customers that training never saw."""
    artefact = load_artefact(NAME)
    try:
        checks, found = verify(artefact, _customers())
    except DatasetAbsent as absent:
        return nothing_to_check(absent, json=json)
    if json:
        write_json(
            {
                "version": artefact["version"],
                "checks": [{"claim": each.claim, "holds": each.holds} for each in checks],
                "cross_validation": artefact["metrics"]["cross_validation"],
                "hold_out": found,
            }
        )
    else:
        write_table(("claim", "holds"), [(each.claim, "yes" if each.holds else "NO") for each in checks])
        _say_figures({**artefact["metrics"], "hold_out": found})
        _say_bands(found)
    return ExitCode.DONE if all(each.holds for each in checks) else ExitCode.CHECK_FAILED


def _customers() -> tuple[Customer, ...]:
    return load_taiwan(folders=folders_of(load_settings(os.environ)))


def _say_figures(metrics: Mapping[str, Any]) -> None:
    trial, held_out = metrics["cross_validation"], metrics["hold_out"]
    say(f"mean AUC of {len(trial['auc_of_folds'])} folds {_interval(trial['auc'])}")
    say(
        f"hold-out, {held_out['rows']} customers: AUC {_interval(held_out['auc'])}, KS {held_out['ks']}, "
        f"PSI {held_out['psi']}, calibration error {held_out['calibration_error']}, Brier {held_out['brier']}"
    )


def _say_bands(found: Mapping[str, Any]) -> None:
    heads = ("points", "customers", "risk said", "risk seen")
    rows = [
        (f"{band['lowest']}–{band['highest']}", str(band["rows"]), f"{band['said']:.1%}", f"{band['seen']:.1%}")
        for band in found["bands"]
    ]
    write_table(heads, rows, right=heads)


def _interval(figure: Mapping[str, float]) -> str:
    return f"{figure['value']} (95 %: {figure['low']}–{figure['high']})"
