"""Every row scored by trees that were grown without its fold."""

import hashlib
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from fenqi.core.decision.trees import Booster, Scale, TreeFeature
from fenqi.learning.boost.train import Plan, boost

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Columns = Mapping[str, Floats]


def booster_of(columns: Columns, outcomes: Bools, plan: Plan, *, name: str) -> Booster:
    """Train our own trees on columns, and compile them."""
    base, trees, _ = boost(np.column_stack(list(columns.values())), outcomes, plan)
    features = tuple(TreeFeature(each, each) for each in columns)
    return Booster("", name, base, features, Scale(0.0, 1.0), trees)


def out_of_fold(columns: Columns, outcomes: Bools, folds: Sequence[int], plan: Plan) -> Floats:
    """The margin of each row by the compiled trees of a booster that never saw its fold."""
    fold = np.array(folds)
    margins = np.empty(len(outcomes))
    for turn in range(int(fold.max()) + 1):
        left_out = fold == turn
        rest = {name: column[~left_out] for name, column in columns.items()}
        booster = booster_of(rest, outcomes[~left_out], plan, name=f"fold {turn}")
        margins[left_out] = booster.margins({name: column[left_out] for name, column in columns.items()})
    return margins


def deal_by_group(groups: NDArray[np.int64], *, folds: int, seed: int) -> tuple[int, ...]:
    """Deal whole groups to folds by SHA-256 of seed and group, so that no group is in two."""
    fold_of = {int(group): _digest(seed, int(group)) % folds for group in np.unique(groups)}
    return tuple(fold_of[int(group)] for group in groups)


def _digest(seed: int, number: int) -> int:
    return int.from_bytes(hashlib.sha256(f"{seed}:{number}".encode("ascii")).digest(), "big")
