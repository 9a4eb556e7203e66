"""What an application has shown, layer by layer: who, what they earn, how they repaid, how they act, whom they know."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from fenqi.core.decision.facts import Facts
from fenqi.core.decision.reason import REASONS, Reason
from fenqi.core.decision.rules import RuleResult
from fenqi.core.decision.screening import Screening
from fenqi.core.decision.screening_strategy import ScreeningAction
from fenqi.core.decision.strategy import Effect

NETWORK_LATE = "network_late_customers_count"
"""How many of those whom the applicant shares a device, an address, a card or a phone with are late here; stated only
of who agreed that it is looked at."""


class Layer(StrEnum):
    """What is asked of an applicant, in the order in which it is looked at."""

    IDENTITY = "identity"
    """Whether they are who they say, of age."""
    INCOME = "income"
    """Whether what they earn is known, and bears what they owe."""
    CREDIT_RECORD = "credit_record"
    """What the bureau knows of how they repaid."""
    BEHAVIOUR = "behaviour"
    """What they did here, and how they ordered."""
    NETWORK = "network"
    """Whom they are tied to; looked at with a consent of its own only."""


class LayerVerdict(StrEnum):
    """What a layer came to."""

    PASS = "pass"  # noqa: S105  no password
    """Nothing speaks against it."""
    FAIL = "fail"
    """It declines by itself."""
    MORE_NEEDED = "more_needed"
    """Something is unknown or unclear: a person decides, and the applicant may bring more."""


@dataclass(frozen=True, kw_only=True)
class Qualified:
    """One layer, what it came to, and why; a passed layer needs no reason."""

    layer: Layer
    verdict: LayerVerdict
    reasons: tuple[Reason, ...] = ()


_LAYER_OF: Mapping[str, Layer] = {
    "adult": Layer.IDENTITY,
    "mobile_verified": Layer.IDENTITY,
    "identity_matched": Layer.IDENTITY,
    "debt_burden": Layer.INCOME,
    "debt_burden_within_cap": Layer.INCOME,
    "no_plan_affordable": Layer.INCOME,
    "credit_record_found": Layer.CREDIT_RECORD,
    "not_late_elsewhere": Layer.CREDIT_RECORD,
    "score_between_cutoffs": Layer.CREDIT_RECORD,
    "not_late_here": Layer.BEHAVIOUR,
    "lender_list": Layer.BEHAVIOUR,
    "orders_in_24h": Layer.BEHAVIOUR,
}
"""The layer that a rule or a reason belongs to; what is about the order or the law's ban belongs to none."""
_UNKNOWN: Mapping[Layer, Reason] = {
    Layer.IDENTITY: REASONS["identity_unsettled"],
    Layer.INCOME: REASONS["income_unproven"],
    Layer.CREDIT_RECORD: REASONS["credit_record_found"],
    Layer.BEHAVIOUR: REASONS["facts_missing"],
}
TIES_LATE = REASONS["ties_late"]


def qualify(
    facts: Facts,
    *,
    rules: Iterable[RuleResult],
    declined: Iterable[Reason],
    referred: Iterable[Reason],
    score_reasons: Iterable[Reason],
    screening: Screening | None,
) -> tuple[Qualified, ...]:
    """The layers of an application, of what was concluded about it; the network only where facts about it were stated.

    A layer never approves; it says which part of a conclusion it is, and what would help.
    """
    told = _Told()
    told.failed(Layer.CREDIT_RECORD, score_reasons)
    told.sort_out(declined, is_failed=True)
    told.sort_out(referred := tuple(referred), is_failed=False)
    asked = {_LAYER_OF[rule.code] for rule in rules if told.answer(rule)}
    if screening is not None and screening.action is not ScreeningAction.ALLOW:
        tell = told.failed if screening.action is ScreeningAction.DECLINE else told.open
        tell(Layer.BEHAVIOUR, screening.reasons)
    if facts.number(NETWORK_LATE):
        told.open(Layer.NETWORK, (TIES_LATE,))
    if REASONS["facts_missing"] in referred:
        for layer, reason in _UNKNOWN.items():
            told.open(layer, () if layer in asked else (reason,))
    return tuple(told.of(one) for one in Layer if one is not Layer.NETWORK or NETWORK_LATE in facts)


class _Told:
    """Reasons by layer, of those that failed and of those that want more."""

    def __init__(self) -> None:
        self._failed: dict[Layer, dict[Reason, None]] = {}
        self._open: dict[Layer, dict[Reason, None]] = {}

    def failed(self, layer: Layer, reasons: Iterable[Reason]) -> None:
        self._failed.setdefault(layer, {}).update(dict.fromkeys(reasons))

    def open(self, layer: Layer, reasons: Iterable[Reason]) -> None:
        self._open.setdefault(layer, {}).update(dict.fromkeys(reasons))

    def sort_out(self, reasons: Iterable[Reason], *, is_failed: bool) -> None:
        """Each reason to its layer, if it has one."""
        for reason in reasons:
            if (layer := _LAYER_OF.get(reason.code)) is not None:
                (self.failed if is_failed else self.open)(layer, (reason,))

    def answer(self, rule: RuleResult) -> bool:
        """What a rule says of its layer; whether it has one."""
        layer = _LAYER_OF.get(rule.code)
        if layer is None:
            return False
        if rule.passed is None:
            self.open(layer, (_UNKNOWN[layer],))
        elif not rule.passed:
            (self.failed if rule.effect is Effect.DECLINE else self.open)(layer, (REASONS[rule.code],))
        return True

    def of(self, layer: Layer) -> Qualified:
        """What a layer came to."""
        if failed := self._failed.get(layer):
            return Qualified(layer=layer, verdict=LayerVerdict.FAIL, reasons=tuple(failed))
        if wanted := self._open.get(layer):
            return Qualified(layer=layer, verdict=LayerVerdict.MORE_NEEDED, reasons=tuple(wanted))
        return Qualified(layer=layer, verdict=LayerVerdict.PASS)


def layers_said(layers: Iterable[Qualified], *, verdict: LayerVerdict) -> tuple[Layer, ...]:
    """The layers that came to a verdict."""
    return tuple(one.layer for one in layers if one.verdict is verdict)
