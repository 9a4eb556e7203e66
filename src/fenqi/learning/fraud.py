"""The fraud score: which features it has, how it is trained on labelled orders, and its artefact."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fenqi.core.decision.scorecard import content_hash
from fenqi.core.decision.trees import Booster, Scale, TreeFeature
from fenqi.learning.boost.grow import Limits
from fenqi.learning.boost.train import Plan, Report, boost

NAME = "fraud"
PLAN = Plan(trees=200, rate=0.1, feature_share=0.5, seed=20250101, limits=Limits(leaves=16, rows_min=40, ridge=5.0))
GOOD_KEPT_ONE_IN = 4
"""Good orders are many and alike: one in so many is trained on, and the base is set right for it."""
FREEZES_PER_1000, STEP_UPS_PER_1000 = 2.0, 12.0
"""How many good orders of a thousand may score as high as a freeze, and as a step-up."""
FREEZE_PERMILLE, STEP_UP_PERMILLE = 950, 800
"""The points from which the shipped screening freezes and steps up."""
SCALE_DIGITS = 4
_REASONS = (
    ("fraud", "key_in_fraud"),
    ("_km", "place_far"),
    ("customer_device", "new_device"),
    ("customer_ip", "new_device"),
    ("customer_address", "takeover"),
    ("customer_card", "takeover"),
    ("customer_contact", "takeover"),
    ("mean", "unlike_usual"),
    ("amount", "unlike_usual"),
    ("hour", "unlike_usual"),
    ("weekday", "unlike_usual"),
    ("device_c", "device_shared"),
    ("device", "device_busy"),
    ("ip", "ip_busy"),
    ("address", "address_shared"),
    ("card", "card_shared"),
    ("contact", "contact_shared"),
    ("merchant", "cash_out_merchant"),
    ("customer", "orders_close_together"),
)
"""Of which reason a feature speaks: the first of these whose text stands in its name."""

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class LabelledOrders:
    """Orders by columns of features, NaN where missing, and which were fraud. Shapes: one entry an order in each."""

    features: Mapping[str, Floats]
    frauds: NDArray[np.bool_]

    @property
    def size(self) -> int:
        """How many orders there are."""
        return len(self.frauds)


def train_fraud(
    training: Sequence[LabelledOrders],
    tuning: Sequence[LabelledOrders],
    *,
    described: Mapping[str, Any],
    report: Report,
) -> dict[str, Any]:
    """Train on some worlds and set the scale on others; `described` says where the orders come from.

    The scale puts the orders that score as high as the rarest good ones at the points where the screening acts.
    """
    names = tuple(training[0].features)
    parts = [_kept(one) for one in training]
    matrix = np.concatenate([np.column_stack([one.features[name] for name in names]) for one in parts])
    frauds = np.concatenate([one.frauds for one in parts])
    base, trees, _ = boost(matrix, frauds, PLAN, report=report)
    booster = Booster(
        version="",
        name=NAME,
        base=round(base - math.log(GOOD_KEPT_ONE_IN), 6),
        features=tuple(TreeFeature(name, reason_of(name)) for name in names),
        scale=Scale(0.0, 1.0),
        trees=trees,
    )
    scale = _scale(np.concatenate([booster.margins(one.features)[~one.frauds] for one in tuning]))
    content = {
        **_plain(asdict(booster)),
        "scale": asdict(scale),
        "training": {
            **described,
            "orders": len(frauds),
            "frauds": int(frauds.sum()),
            "good_kept_one_in": GOOD_KEPT_ONE_IN,
            "plan": _plain(asdict(PLAN)),
            "freezes_per_1000": FREEZES_PER_1000,
            "step_ups_per_1000": STEP_UPS_PER_1000,
        },
    }
    return {"version": content_hash(content), **{key: value for key, value in content.items() if key != "version"}}


def reason_of(feature: str) -> str:
    """The code of the reason that a feature speaks for."""
    return next(reason for part, reason in _REASONS if part in feature)


def _kept(orders: LabelledOrders) -> LabelledOrders:
    keep = orders.frauds | (np.arange(orders.size) % GOOD_KEPT_ONE_IN == 0)
    return LabelledOrders({name: column[keep] for name, column in orders.features.items()}, orders.frauds[keep])


def _scale(good_margins: Floats) -> Scale:
    ranked = np.sort(good_margins)[::-1]
    freeze = float(ranked[int(len(ranked) * FREEZES_PER_1000 / 1000)])
    step_up = float(ranked[int(len(ranked) * STEP_UPS_PER_1000 / 1000)])
    high, raised = _logit(FREEZE_PERMILLE), _logit(STEP_UP_PERMILLE)
    slope = (high - raised) / max(freeze - step_up, 1e-6)
    return Scale(round(high - slope * freeze, SCALE_DIGITS), round(slope, SCALE_DIGITS))


def _logit(permille: int) -> float:
    return math.log(permille / (1000 - permille))


def _plain(value: Any) -> Any:
    return json.loads(json.dumps(value))
