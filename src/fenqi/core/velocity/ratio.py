"""Ratios over features that are known."""

from collections.abc import Mapping
from typing import Any

from fenqi.core.velocity.definition import Feature

Value = int | float | str | None
"""What a feature came to; None is missing, which never helps towards an approval."""


def ratio(feature: Feature, values: Mapping[str, Any]) -> float | None:
    """One feature over another; missing if either is, or if the lower one is zero."""
    return quotient(values[feature.over or ""], values[feature.under or ""])


def quotient(over: Any, under: Any) -> float | None:
    """One number over another; missing if either is, or if the lower one is zero."""
    if over is None or not under:
        return None
    return over / under
