"""`fenqi model bench handbook`: simulated card fraud by the shipped features, beside LightGBM as it comes."""

import os
import tempfile
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from fenqi.cli.benchmark import FOLDER, rival_python, run_json
from fenqi.cli.console import note, say, write_json, write_table
from fenqi.cli.exit_code import ExitCode
from fenqi.cli.model_rival import ENVIRONMENT, lightgbm_margins
from fenqi.core.refusal import Unavailable
from fenqi.learning.dataset import folders_of
from fenqi.learning.folds import booster_of
from fenqi.learning.handbook import FEATURES, PLAN, Bools, Floats, Transactions, Week, week_of
from fenqi.learning.published import locate_published
from fenqi.learning.ranking import auc_difference, auc_interval, average_precision, precision_difference, recall_at
from fenqi.learning.validate import Interval
from fenqi.settings import load_settings

BEGINS_ON = date(2018, 7, 25)
AUC_MIN, PRECISION_MIN = 0.881, 0.66
FALSE_SHARE = 0.05
DRAWS, SEED = 1000, 20250101
READ_SECONDS = 300.0
DIGITS = 4


@dataclass(frozen=True)
class Figures:
    """How a score did on the measured rows."""

    auc: Interval
    average_precision: float
    recall: float


def bench_handbook(*, json: bool) -> ExitCode:
    """Train on the week of 25 July, measure that of 8 August, with LightGBM's defaults on the same rows.

    Raises: DatasetAbsent, DatasetAltered; Unavailable if the environment that reads the file cannot be made.
    """
    (path,) = locate_published("card_fraud_simulated", folders=folders_of(load_settings(os.environ)))
    python = rival_python(ENVIRONMENT)
    if python is None:
        raise Unavailable("pyarrow, which reads the transactions, cannot be installed here", retry=True)
    week = week_of(read_transactions(path, python), begins_day=(BEGINS_ON - date(1970, 1, 1)).days)
    note(f"{len(week.outcomes):,} transactions, {len(FEATURES)} features; {PLAN.trees} trees grow")
    ours = _margins(week)
    theirs = lightgbm_margins(python, week.columns, week.outcomes, week.folds, settings={})[week.measured]
    found = as_dict(week, ours, theirs)
    if json:
        write_json(found)
    else:
        _show(found)
    return ExitCode.DONE if found["holds"] else ExitCode.CHECK_FAILED


def read_transactions(path: Path, python: Path) -> Transactions:
    """Read the parquet file by a Python that can, through a file of plain arrays."""
    with tempfile.TemporaryDirectory() as folder:
        arrays = Path(folder) / "transactions.npz"
        command = ("read_transactions.py", str(path), str(arrays))
        run_json(python, *command, folder=FOLDER / "contestant", timeout_seconds=READ_SECONDS)
        with np.load(arrays) as found:
            return Transactions(**{name: found[name] for name in found.files})


def as_dict(week: Week, ours: Floats, theirs: Floats) -> dict[str, Any]:
    """Both scores' figures on the measured rows, and what lies between them, paired.

    Shapes: one margin a measured row in `ours` and `theirs`.
    """
    outcomes = week.outcomes[week.measured]
    mine = _figures(ours, outcomes)
    between = precision_difference(ours, theirs, outcomes, draws=DRAWS, seed=SEED)
    return {
        "trained": int((~week.measured).sum()),
        "trained_frauds": int(week.outcomes[~week.measured].sum()),
        "measured": len(outcomes),
        "measured_frauds": int(outcomes.sum()),
        "features": list(FEATURES),
        "booster": asdict(PLAN),
        "fenqi": _plain(mine),
        "lightgbm": _plain(_figures(theirs, outcomes)),
        "auc_better_by": _interval(auc_difference(ours, theirs, outcomes)),
        "average_precision_better_by": _interval(between),
        "aims": {"auc": AUC_MIN, "average_precision": PRECISION_MIN},
        "holds": mine.auc.value >= AUC_MIN and mine.average_precision >= PRECISION_MIN,
    }


def _margins(week: Week) -> Floats:
    trained = {name: column[~week.measured] for name, column in week.columns.items()}
    booster = booster_of(trained, week.outcomes[~week.measured], PLAN, name="handbook")
    return booster.margins({name: column[week.measured] for name, column in week.columns.items()})


def _figures(margins: Floats, outcomes: Bools) -> Figures:
    return Figures(
        auc_interval(margins, outcomes),
        average_precision(margins, outcomes),
        recall_at(margins, outcomes, false_share=FALSE_SHARE),
    )


def _plain(found: Figures) -> dict[str, Any]:
    return {
        "auc": _interval(found.auc),
        "average_precision": round(found.average_precision, DIGITS),
        "recall_at_5_percent": round(found.recall, DIGITS),
    }


def _interval(interval: Interval) -> dict[str, float]:
    return {name: round(value, DIGITS) for name, value in asdict(interval).items()}


def _show(found: dict[str, Any]) -> None:
    say(
        f"trained on {found['trained']:,} transactions ({found['trained_frauds']} frauds), "
        f"measured on {found['measured']:,} ({found['measured_frauds']})"
    )
    rows = [
        (
            name,
            _text(found[name]["auc"]),
            str(found[name]["average_precision"]),
            str(found[name]["recall_at_5_percent"]),
        )
        for name in ("fenqi", "lightgbm")
    ]
    rows.append(("aim", f"≥ {AUC_MIN}", f"≥ {PRECISION_MIN}", ""))
    write_table(("booster", "AUC", "AP", "recall"), rows, right=("AUC", "AP", "recall"))
    say("recall is at 5 % of the good ones; in brackets 95 % intervals")
    say(f"AUC better by {_text(found['auc_better_by'])}")
    say(f"AP better by {_text(found['average_precision_better_by'])}")
    say(f"both aims reached: {'yes' if found['holds'] else 'NO'}")


def _text(one: dict[str, float]) -> str:
    return f"{one['value']} ({one['low']} to {one['high']})"
