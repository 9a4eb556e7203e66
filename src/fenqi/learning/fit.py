"""Fit a scorecard: bins, their weight of evidence, a logistic regression over it, whole points.

Whatever is computed in floating point is rounded far above its noise before it is used, so that the same data gives
the same card on every machine.
"""

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

import numpy as np

from fenqi.core.decision.features import FEATURES, Feature
from fenqi.core.decision.scorecard import Characteristic, RiskTable, Scorecard
from fenqi.core.refusal import Kind, Refusal
from fenqi.learning.binning import Binning, Cell, bin_monotone
from fenqi.learning.sample import Sample

ANCHOR_POINTS = 600
ANCHOR_ODDS = 4
POINTS_TO_DOUBLE = 50
FACTOR = POINTS_TO_DOUBLE / math.log(2)

WEIGHT_DIGITS = 4
PD_DIGITS = 4
STEPS_MAX = 50
SMOOTHING = 0.5


class CoefficientReversed(Refusal):
    """A feature's coefficient contradicts the direction of its own bins."""

    code: ClassVar[str] = "coefficient_reversed"
    kind: ClassVar[Kind] = Kind.RULE


class FeatureFlat(Refusal):
    """A feature's bad rate does not run in its direction at all, so that one bin is left."""

    code: ClassVar[str] = "feature_flat"
    kind: ClassVar[Kind] = Kind.RULE


@dataclass(frozen=True, slots=True)
class Weighing:
    """One feature's bins with their weight of evidence, positive where risk is above average, and its coefficient."""

    feature: Feature
    binning: Binning
    weights: tuple[float, ...]
    missing_weight: float
    coefficient: float = 0.0

    def of(self, value: int | None) -> float:
        """Read the weight of a value."""
        return self.missing_weight if value is None else self.weights[bisect_right(self.binning.edges, value)]

    def points(self, weight: float) -> int:
        """Turn a weight into points before the shift that makes the worst bin 0."""
        return round(-FACTOR * self.coefficient * weight)


@dataclass(frozen=True, slots=True)
class Fit:
    """A fitted card with the weights behind its points."""

    intercept: float
    weighings: tuple[Weighing, ...]
    card: Scorecard


def fit_card(sample: Sample) -> Fit:
    """Fit the card on a sample.

    Raises: FeatureFlat if a feature does not separate; CoefficientReversed if one would earn points against the
    direction of its bins.
    """
    weighings = [_weigh(feature, sample) for feature in FEATURES]
    columns = [[weighing.of(value) for value in sample.features[weighing.feature.name]] for weighing in weighings]
    intercept, *coefficients = regress(columns, sample.outcomes)
    fitted = tuple(
        Weighing(part.feature, part.binning, part.weights, part.missing_weight, coefficient)
        for part, coefficient in zip(weighings, coefficients, strict=True)
    )
    for part in fitted:
        if part.coefficient <= 0:
            raise CoefficientReversed(
                f"the coefficient of {part.feature.name} is {part.coefficient}", allowed="a coefficient above 0"
            )
    return Fit(intercept, fitted, _card(intercept, fitted))


def regress(columns: Sequence[Sequence[float]], outcomes: Sequence[bool]) -> tuple[float, ...]:
    """Fit a logistic regression by Newton's method: the intercept, then one coefficient a column, rounded.

    Shapes: each column has one entry an outcome.
    Raises: ArithmeticError if it does not converge.
    """
    design = np.column_stack([np.ones(len(outcomes)), *(np.asarray(column, dtype=np.float64) for column in columns)])
    target = np.asarray(outcomes, dtype=np.float64)
    beta = np.zeros(design.shape[1])
    for _ in range(STEPS_MAX):
        chance = 1.0 / (1.0 + np.exp(-design @ beta))
        curvature = (design * (chance * (1.0 - chance))[:, None]).T @ design
        step = np.linalg.solve(curvature, design.T @ (target - chance))
        beta = beta + step
        if float(np.abs(step).max()) < 1e-9:
            return tuple(round(float(value), WEIGHT_DIGITS) for value in beta)
    raise ArithmeticError("the regression did not converge")


def risk_table(card: Scorecard, *, intercept: float, slope: float) -> RiskTable:
    """Tabulate the risk of every reachable score: the log odds of going bad are intercept + slope × points / 100."""
    lowest = card.base_points + sum(min(*part.points, part.missing_points) for part in card.characteristics)
    highest = card.base_points + sum(part.best for part in card.characteristics)
    odds = (math.exp(intercept + slope * points / 100) for points in range(lowest, highest + 1))
    return RiskTable(lowest, tuple(Decimal(f"{odd / (1 + odd):.{PD_DIGITS}f}") for odd in odds))


def score_points(card: Scorecard, sample: Sample) -> tuple[int, ...]:
    """Score every row of a sample with the card's own arithmetic."""
    names = tuple(sample.features)
    rows = zip(*sample.features.values(), strict=True)
    return tuple(card.points(dict(zip(names, row, strict=True))) for row in rows)


def _weigh(feature: Feature, sample: Sample) -> Weighing:
    binning = bin_monotone(sample.features[feature.name], sample.outcomes, risk_rises=feature.risk_rises)
    if not binning.edges:
        raise FeatureFlat(
            f"{feature.name} does not separate good from bad in its direction", allowed="two bins or more"
        )
    total = Cell(len(sample.outcomes), sum(sample.outcomes))
    weights = tuple(_weight(cell, total) for cell in binning.cells)
    missing = _weight(binning.missing, total) if binning.missing.rows else max(weights)
    return Weighing(feature, binning, weights, missing)


def _weight(cell: Cell, total: Cell) -> float:
    bad = (cell.bad + SMOOTHING) / (total.bad + SMOOTHING)
    good = (cell.rows - cell.bad + SMOOTHING) / (total.rows - total.bad + SMOOTHING)
    return round(math.log(bad / good), WEIGHT_DIGITS)


def _card(intercept: float, weighings: tuple[Weighing, ...]) -> Scorecard:
    base = round(ANCHOR_POINTS - FACTOR * (intercept + math.log(ANCHOR_ODDS)))
    floors = [min(part.points(weight) for weight in (*part.weights, part.missing_weight)) for part in weighings]
    draft = Scorecard(
        version="draft",
        name="behaviour",
        base_points=base + sum(floors),
        characteristics=tuple(_characteristic(part, floor) for part, floor in zip(weighings, floors, strict=True)),
        risk=RiskTable(0, ()),
    )
    slope = -100 / FACTOR
    scale = risk_table(draft, intercept=-math.log(ANCHOR_ODDS) - slope * ANCHOR_POINTS / 100, slope=slope)
    return Scorecard(draft.version, draft.name, draft.base_points, draft.characteristics, scale)


def _characteristic(part: Weighing, floor: int) -> Characteristic:
    return Characteristic(
        name=part.feature.name,
        edges=part.binning.edges,
        points=tuple(part.points(weight) - floor for weight in part.weights),
        missing_points=part.points(part.missing_weight) - floor,
        reason=part.feature.reason,
        reason_en=part.feature.reason_en,
        reason_zh=part.feature.reason_zh,
    )
