"""A booster compiled to plain arrays: its score of one row or of many, and what each feature brought to it."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

import msgspec
import numpy as np
from numba import njit
from numpy.typing import NDArray

from fenqi.core.decision.scorecard import ArtefactHashMismatch, ArtefactUnreadable, content_hash

LEAF = -1
"""What a leaf has in place of a feature."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class TreeFeature:
    """A feature by its name, with the code of the reason that it speaks for."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Tree:
    """One tree, its root first: a row with value <= threshold goes left, one without a value where `missing_left` says.

    `value` of a leaf is what it adds to the margin; of an inner node the mean of what is below it, by training rows.
    """

    feature: tuple[int, ...]
    threshold: tuple[float, ...]
    left: tuple[int, ...]
    right: tuple[int, ...]
    missing_left: tuple[bool, ...]
    value: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class TreeScore:
    """A score with its reasons: each code with what its features together brought to the margin, the most first."""

    margin: float
    probability: float
    permille: int
    reasons: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Scale:
    """How a margin becomes points of 0 to 1000: a logistic curve."""

    intercept: float
    slope: float

    def permille(self, margin: float) -> int:
        """The points of a margin."""
        return round(1000 * probability(self.intercept + self.slope * margin))


@dataclass(frozen=True)
class Booster:
    """Trees whose leaves add up, from `base` on, to the logarithm of the odds."""

    version: str
    name: str
    base: float
    features: tuple[TreeFeature, ...]
    scale: Scale
    trees: tuple[Tree, ...]

    @classmethod
    def from_artefact(cls, artefact: Mapping[str, Any]) -> Self:
        """Compile a trained artefact.

        Raises: ArtefactHashMismatch, naming the artefact, if the content is not what the version names;
        ArtefactUnreadable if it is not a booster.
        """
        found = content_hash(artefact)
        if artefact.get("version") != found:
            raise ArtefactHashMismatch(
                f"the artefact {artefact.get('name')} calls itself {artefact.get('version')}, its content is {found}",
                allowed=found,
            )
        try:
            booster = msgspec.convert(dict(artefact), type=cls)
        except msgspec.ValidationError as error:
            raise ArtefactUnreadable(f"the artefact {artefact.get('name')} is not a booster: {error}") from error
        booster.require_whole()
        return booster

    def require_whole(self) -> None:
        """See that every walk ends.

        Raises: ArtefactUnreadable.
        """
        for place, tree in enumerate(self.trees):
            if not _is_whole(tree, features=len(self.features)):
                raise ArtefactUnreadable(f"tree {place} of {self.name} leads nowhere", allowed="children behind a node")

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The features in the order of a row."""
        return tuple(one.name for one in self.features)

    @cached_property
    def needed(self) -> frozenset[str]:
        """The features that a row must have, be it as missing."""
        return frozenset(self.names)

    def row(self, features: Mapping[str, Any]) -> Floats:
        """A row of the features by name; one that is absent or None is missing."""
        get = features.get
        return np.array([get(name) for name in self.names], dtype=np.float64)

    def margin(self, features: Mapping[str, Any]) -> float:
        """Score without reasons: the logarithm of the odds."""
        return float(_margin(self.row(features), self.base, *self._arrays))

    def permille(self, features: Mapping[str, Any]) -> int:
        """Score without reasons, as points of 0 to 1000."""
        return self.scale.permille(self.margin(features))

    def score(self, features: Mapping[str, Any]) -> TreeScore:
        """Score with the reasons that raise it.

        What a feature brought is the change of the expected margin at each node that asks for it, so that all of them
        together lead from the mean margin to this one.
        """
        row = self.row(features)
        margin = float(_margin(row, self.base, *self._arrays))
        brought = np.zeros(len(self.features))
        _contribute(row, brought, *self._arrays)
        sums: dict[str, float] = {}
        for feature, part in zip(self.features, brought.tolist(), strict=True):
            sums[feature.reason] = sums.get(feature.reason, 0.0) + part
        raising = sorted(((code, part) for code, part in sums.items() if part > 0), key=lambda one: -one[1])
        return TreeScore(margin, probability(margin), self.scale.permille(margin), tuple(raising))

    def margins(self, columns: Mapping[str, Floats]) -> Floats:
        """Score many rows, by columns of which NaN is missing. Shapes: one entry a row in each."""
        matrix = np.column_stack([columns[name] for name in self.names])
        return np.asarray(_margins(matrix, self.base, *self._arrays))

    @cached_property
    def _arrays(self) -> tuple[Any, ...]:
        return compiled(self.trees)


def compiled(trees: Sequence[Tree]) -> tuple[Any, ...]:
    """All nodes of all trees in arrays: roots, feature, threshold, left, right, missing_left, value."""
    sizes = np.array([len(tree.feature) for tree in trees], dtype=np.int64)
    roots = np.concatenate(([0], np.cumsum(sizes)))[: len(trees)]
    shift = np.repeat(roots, sizes)

    def joined(name: str, kind: Any) -> Any:
        return np.array([one for tree in trees for one in getattr(tree, name)], dtype=kind)

    return (
        roots,
        joined("feature", np.int64),
        joined("threshold", np.float64),
        joined("left", np.int64) + shift,
        joined("right", np.int64) + shift,
        joined("missing_left", np.bool_),
        joined("value", np.float64),
    )


def probability(margin: float) -> float:
    """The probability of a logarithm of odds."""
    return 1.0 / (1.0 + math.exp(-margin)) if margin > 0 else (odds := math.exp(margin)) / (1.0 + odds)


def _is_whole(tree: Tree, *, features: int) -> bool:
    size = len(tree.feature)
    parts = (tree.threshold, tree.left, tree.right, tree.missing_left, tree.value)
    if not size or any(len(part) != size for part in parts):
        return False
    return all(
        feature == LEAF or (0 <= feature < features and place < left < size and place < right < size)
        for place, (feature, left, right) in enumerate(zip(tree.feature, tree.left, tree.right, strict=True))
    )


@njit(cache=True)
def _next(row: Any, node: int, feature: Any, threshold: Any, left: Any, right: Any, missing_left: Any) -> int:
    value = row[feature[node]]
    if np.isnan(value):
        return left[node] if missing_left[node] else right[node]
    return left[node] if value <= threshold[node] else right[node]


@njit(cache=True)
def _margin(
    row: Any,
    base: float,
    roots: Any,
    feature: Any,
    threshold: Any,
    left: Any,
    right: Any,
    missing_left: Any,
    value: Any,
) -> float:
    margin = base
    for root in roots:
        node = root
        while feature[node] >= 0:
            node = _next(row, node, feature, threshold, left, right, missing_left)
        margin += value[node]
    return margin


@njit(cache=True)
def _margins(matrix: Any, base: float, roots: Any, *nodes: Any) -> Any:
    margins = np.empty(len(matrix))
    for place in range(len(matrix)):
        margins[place] = _margin(matrix[place], base, roots, *nodes)
    return margins


@njit(cache=True)
def _contribute(
    row: Any,
    brought: Any,
    roots: Any,
    feature: Any,
    threshold: Any,
    left: Any,
    right: Any,
    missing_left: Any,
    value: Any,
) -> None:
    for root in roots:
        node = root
        while feature[node] >= 0:
            after = _next(row, node, feature, threshold, left, right, missing_left)
            brought[feature[node]] += value[after] - value[node]
            node = after
