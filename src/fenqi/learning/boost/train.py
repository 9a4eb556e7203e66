"""Trees that follow one another, each on what the ones before it left unexplained."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from fenqi.core.decision.trees import Tree
from fenqi.learning.boost.bins import Bins, binned
from fenqi.learning.boost.grow import UNIT, Limits, grow

BASE_DIGITS = 6

Floats = NDArray[np.float64]
Report = Callable[[int], None]
"""Told how many trees have grown."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """How a booster is trained: how many trees, how far each goes, and the share of features that each may ask for."""

    trees: int = 150
    rate: float = 0.08
    feature_share: float = 0.7
    seed: int = 7
    limits: Limits = field(default_factory=Limits)


def boost(
    matrix: Floats, outcomes: NDArray[np.bool_], plan: Plan, *, report: Report | None = None
) -> tuple[float, tuple[Tree, ...], Floats]:
    """Train on rows with their outcomes: the base, the trees, and the margin that training itself gave each row.

    Shapes: `matrix` (rows, features), NaN is missing; both outcomes present.
    """
    bins = binned(matrix)
    share = float(outcomes.mean())
    base = round(float(np.log(share / (1 - share))), BASE_DIGITS)
    margins = np.full(len(outcomes), base)
    trees: list[Tree] = []
    for number in range(plan.trees):
        tree, ends = _next_tree(bins, margins, outcomes, plan, number=number)
        margins += np.array(tree.value)[ends]
        trees.append(tree)
        if report:
            report(number + 1)
    return base, tuple(trees), margins


def _next_tree(
    bins: Bins, margins: Floats, outcomes: NDArray[np.bool_], plan: Plan, *, number: int
) -> tuple[Tree, NDArray[np.int64]]:
    said = 1.0 / (1.0 + np.exp(-margins))
    gradients = np.rint((said - outcomes) * UNIT).astype(np.int64)
    curvatures = np.rint(said * (1.0 - said) * UNIT).astype(np.int64)
    features = _some_features(bins.places.shape[1], plan, number=number)
    return grow(bins, gradients, curvatures, features, limits=plan.limits, rate=plan.rate)


def _some_features(count: int, plan: Plan, *, number: int) -> NDArray[np.int64]:
    uniform = random.Random(f"{plan.seed}:{number}").random  # noqa: S311
    ranked = sorted(range(count), key=lambda _: uniform())
    return np.array(sorted(ranked[: max(round(count * plan.feature_share), 1)]), dtype=np.int64)
