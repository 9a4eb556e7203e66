"""The trained score as a file: how it is trained, what the file says, and its bytes."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from fenqi.core.decision.scorecard import Scorecard, content_hash
from fenqi.learning import contract, taiwan
from fenqi.learning.fit import (
    ANCHOR_ODDS,
    ANCHOR_POINTS,
    POINTS_TO_DOUBLE,
    Fit,
    fit_card,
    regress,
    risk_table,
    score_points,
)
from fenqi.learning.sample import Sample, fold_of, sample_of
from fenqi.learning.taiwan import Customer
from fenqi.learning.validate import Band, Interval, auc, bands, brier, calibration_error, ks, mean_interval, psi

FOLDS = 5
SEED = 20050401
FIGURE_DIGITS = 4


@dataclass(frozen=True, slots=True)
class CrossValidation:
    """The ranking of each fold by a card that never saw it, and every row's score by such a card."""

    aucs: tuple[float, ...]
    points: tuple[int, ...]


def train(customers: Sequence[Customer]) -> dict[str, Any]:
    """Train the score on the customers that are not held out, and measure it on those that are.

    The whole procedure, bins included, is repeated inside each fold; risk is calibrated on the folds' own scores.

    Raises: CoefficientReversed.
    """
    sample = sample_of(customers)
    held_out = [customer.is_held_out for customer in customers]
    training, hold_out = sample.part([not held for held in held_out]), sample.part(held_out)
    trial = cross_validate(training)
    fit = fit_card(training)
    intercept, slope = regress([[points / 100 for points in trial.points]], training.outcomes)
    card = replace(fit.card, risk=risk_table(fit.card, intercept=intercept, slope=slope))
    content = {
        **_plain(asdict(card)),
        "bins": [_bins(fit, place) for place in range(len(fit.weighings))],
        "scale": {"points": ANCHOR_POINTS, "good_to_bad": ANCHOR_ODDS, "points_to_double": POINTS_TO_DOUBLE},
        "calibration": {"intercept": intercept, "slope_per_100_points": slope},
        "training": describe_training(training),
        "metrics": {"cross_validation": _trial(trial), "hold_out": measure(card, hold_out, against=training)},
    }
    return {"version": content_hash(content), **{key: value for key, value in content.items() if key != "version"}}


def cross_validate(sample: Sample, *, folds: int = FOLDS, seed: int = SEED) -> CrossValidation:
    """Fit on all folds but one and score that one, in turn."""
    fold = fold_of(sample, folds=folds, seed=seed)
    points = [0] * len(fold)
    aucs: list[float] = []
    for turn in range(folds):
        left_out = [place == turn for place in fold]
        rest, tested = sample.part([not left for left in left_out]), sample.part(left_out)
        scored = score_points(fit_card(rest).card, tested)
        aucs.append(auc(scored, tested.outcomes).value)
        for place, score in zip((place for place, left in enumerate(left_out) if left), scored, strict=True):
            points[place] = score
    return CrossValidation(tuple(aucs), tuple(points))


def measure(card: Scorecard, sample: Sample, *, against: Sample) -> dict[str, Any]:
    """Measure a card on a sample that it has not seen; `against` is the sample that stability is measured from."""
    points = score_points(card, sample)
    parts = bands(points, sample.outcomes, card.risk)
    return {
        "rows": len(points),
        "bad": sum(sample.outcomes),
        "auc": _interval(auc(points, sample.outcomes)),
        "ks": _figure(ks(points, sample.outcomes)),
        "psi": _figure(psi(score_points(card, against), points)),
        "brier": _figure(brier(points, sample.outcomes, card.risk)),
        "calibration_error": _figure(calibration_error(parts)),
        "bands": [_band(part) for part in parts],
    }


def describe_training(sample: Sample) -> dict[str, Any]:
    """Say from what and how a card was trained."""
    return {
        "data": {
            "name": "taiwan",
            "source": taiwan.SOURCE,
            "licence": taiwan.LICENCE,
            "values_sha256": contract.VALUES_SHA256,
        },
        "rows": len(sample.outcomes),
        "bad": sum(sample.outcomes),
        "seen": "April to June 2005: limit, and each month's bill, payment and standing",
        "outcome": "two months late in July, August or September 2005, or default in October",
        "hold_out": "SHA-256 of the customer number's decimal digits, as a big-endian integer, modulo 10, below 3",
        "not_used": ["SEX", "EDUCATION", "MARRIAGE", "AGE"],
        "scale": f"NT$ 1 = {taiwan.FEN_PER_DOLLAR} fen",
        "method": "monotone bins, weight of evidence, logistic regression by Newton's method, whole points",
        "folds": FOLDS,
        "seed": SEED,
    }


def render(artefact: Mapping[str, Any]) -> bytes:
    """Write an artefact as its file: indented JSON in UTF-8, a list of plain values on one line."""
    text = json.dumps(artefact, indent=1, ensure_ascii=False)
    return (re.sub(r"\[[^\[\]{}]*\]", _on_one_line, text) + "\n").encode()


def _on_one_line(found: re.Match[str]) -> str:
    return json.dumps(json.loads(found.group()), ensure_ascii=False)


def _plain(value: Any) -> Any:
    return json.loads(json.dumps(value, default=str))


def _bins(fit: Fit, place: int) -> dict[str, Any]:
    part = fit.weighings[place]
    return {
        "name": part.feature.name,
        "definition": f"{part.feature.of.__module__}.{part.feature.of.__name__}",
        "risk_rises": part.feature.risk_rises,
        "coefficient": part.coefficient,
        "rows": [cell.rows for cell in part.binning.cells],
        "bad": [cell.bad for cell in part.binning.cells],
        "weights": list(part.weights),
        "missing": {"rows": part.binning.missing.rows, "bad": part.binning.missing.bad, "weight": part.missing_weight},
    }


def _trial(trial: CrossValidation) -> dict[str, Any]:
    return {"auc": _interval(mean_interval(trial.aucs)), "auc_of_folds": [_figure(value) for value in trial.aucs]}


def _interval(interval: Interval) -> dict[str, float]:
    return {"value": _figure(interval.value), "low": _figure(interval.low), "high": _figure(interval.high)}


def _band(band: Band) -> dict[str, Any]:
    return {**asdict(band), "said": _figure(band.said), "seen": _figure(band.bad / band.rows)}


def _figure(value: float) -> float:
    return round(value, FIGURE_DIGITS)
