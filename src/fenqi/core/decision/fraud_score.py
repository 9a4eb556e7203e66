"""What the fraud score says of an order: points with reasons, kept in the decision's record beside the rules."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fenqi.core.decision.trees import Booster

REASONS_FROM_PERMILLE = 500
"""Below, nobody asks why."""
_MILLI = 1000


@dataclass(frozen=True, kw_only=True)
class ScoreReason:
    """A reason by its code, with what it brought to the logarithm of the odds, in thousandths."""

    code: str
    brought_milli: int


@dataclass(frozen=True, kw_only=True)
class FraudScore:
    """The score of an order, and which model gave it; the reasons that raise it, the most first."""

    name: str
    version: str
    permille: int
    reasons: tuple[ScoreReason, ...] = ()


def fraud_score(booster: Booster | None, features: Mapping[str, Any]) -> FraudScore | None:
    """Score an order; None without a model, or where a feature that it asks for is not even counted."""
    if booster is None or not booster.needed <= features.keys():
        return None
    permille = booster.permille(features)
    reasons = booster.score(features).reasons if permille >= REASONS_FROM_PERMILLE else ()
    return FraudScore(
        name=booster.name,
        version=booster.version,
        permille=permille,
        reasons=tuple(ScoreReason(code=code, brought_milli=round(_MILLI * part)) for code, part in reasons),
    )
