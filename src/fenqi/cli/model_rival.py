"""LightGBM beside our own booster, on the same rows, in an environment of its own."""

import json
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fenqi.cli.benchmark import FOLDER, run_json
from fenqi.learning.boost.train import Plan

ENVIRONMENT = "models"
TIMEOUT_SECONDS = 1800.0

Floats = NDArray[np.float64]


def lightgbm_margins(
    python: Path,
    columns: Mapping[str, Floats],
    outcomes: NDArray[np.bool_],
    folds: NDArray[np.int64],
    *,
    settings: Mapping[str, Any],
) -> Floats:
    """What LightGBM says of each row, trained on the folds that the row is not in; NaN where a row is only trained on.

    Raises: Broken if LightGBM fails.
    """
    with tempfile.TemporaryDirectory() as folder:
        arrays = Path(folder) / "rows.npz"
        matrix = np.column_stack(list(columns.values()))
        np.savez(arrays, matrix=matrix, outcomes=outcomes, folds=folds)
        script = ("margins_lightgbm.py", str(arrays), json.dumps(dict(settings)))
        said = run_json(python, *script, folder=FOLDER / "contestant", timeout_seconds=TIMEOUT_SECONDS)
    return np.array(said["margins"], dtype=np.float64)


def as_lightgbm(plan: Plan) -> dict[str, Any]:
    """Our own plan in LightGBM's words."""
    return {
        "trees": plan.trees,
        "learning_rate": plan.rate,
        "feature_fraction": plan.feature_share,
        "num_leaves": plan.limits.leaves,
        "min_data_in_leaf": plan.limits.rows_min,
        "lambda_l2": plan.limits.ridge,
    }
