"""The lender's policy as data: which rules bind, what a score is worth, how much a month may carry."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

import msgspec

from fenqi.core.refusal import Refusal


class Effect(StrEnum):
    """What a failed rule does to an application."""

    DECLINE = "decline"
    """No credit."""
    REFER = "refer"
    """A person decides."""


class StrategyMalformed(Refusal):
    """The strategy's text is not a strategy."""

    code: ClassVar[str] = "strategy_malformed"


@dataclass(frozen=True, kw_only=True)
class RuleSetting:
    """One rule of the lender's own, with what it does and where it cuts."""

    code: str
    effect: Effect
    threshold: int


@dataclass(frozen=True, kw_only=True)
class Band:
    """What a score from these points on is worth: the line, which products at most how long, and at which rebate.

    `products` are ids, or * for all; `rebate_percent` is taken off the list price, down to the product's floor.
    """

    points_min: int
    limit_minor: int
    products: tuple[str, ...]
    tenor_months_max: int
    rebate_percent: int


@dataclass(frozen=True, kw_only=True)
class Strategy:
    """A version of the policy; `version` is the sha256 of its canonical text, so equal policies are one version.

    From `approve_points_min` a score approves, from `refer_points_min` a person decides, below it declines. Debts
    may take `debt_service_percent_max` of income; the line is what `reference_tenor_months` of the rest repay,
    rounded down to whole `limit_step_minor`.
    """

    version: str
    name: str
    currency: str
    rules: tuple[RuleSetting, ...]
    approve_points_min: int
    refer_points_min: int
    bands: tuple[Band, ...]
    debt_service_percent_max: int
    reference_tenor_months: int
    limit_step_minor: int

    def band_of(self, points: int) -> Band | None:
        """The best band that these points reach."""
        return next((band for band in self.bands if points >= band.points_min), None)


class _Text(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    name: str
    currency: str
    rules: tuple[RuleSetting, ...]
    approve_points_min: int
    refer_points_min: int
    bands: tuple[Band, ...]
    debt_service_percent_max: int
    reference_tenor_months: int
    limit_step_minor: int


def read_strategy(text: bytes) -> Strategy:
    """Read a strategy from JSON; its bands are sorted from the best down.

    Raises: StrategyMalformed, also for cut-offs or bands that contradict one another.
    """
    try:
        read = msgspec.json.decode(text, type=_Text)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise StrategyMalformed(f"the strategy cannot be read: {error}", allowed="strategies/demo.json") from error
    _require_coherent(read)
    canonical = msgspec.json.encode(read, order="deterministic")
    return Strategy(
        version=hashlib.sha256(canonical).hexdigest(),
        name=read.name,
        currency=read.currency,
        rules=read.rules,
        approve_points_min=read.approve_points_min,
        refer_points_min=read.refer_points_min,
        bands=tuple(sorted(read.bands, key=lambda band: -band.points_min)),
        debt_service_percent_max=read.debt_service_percent_max,
        reference_tenor_months=read.reference_tenor_months,
        limit_step_minor=read.limit_step_minor,
    )


def _require_coherent(read: _Text) -> None:
    faults = {
        "a score that is referred lies above one that is approved": read.refer_points_min > read.approve_points_min,
        "an approved score reaches no band": not any(band.points_min <= read.refer_points_min for band in read.bands),
        "two bands begin at the same points": len({band.points_min for band in read.bands}) != len(read.bands),
        "a rule stands twice": len({rule.code for rule in read.rules}) != len(read.rules),
        "a share of income lies outside 1 to 100": not 1 <= read.debt_service_percent_max <= 100,
        "a rebate lies outside 0 to 100": not all(0 <= band.rebate_percent <= 100 for band in read.bands),
        "a step or tenor is not positive": min(read.limit_step_minor, read.reference_tenor_months) < 1,
    }
    for fault, found in faults.items():
        if found:
            raise StrategyMalformed(fault, allowed="cut-offs, bands and rules that do not contradict one another")
